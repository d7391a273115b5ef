import { Download } from 'lucide-react';
import { useId } from 'react';
import { publishedAddresses } from '../../store/ownData/addresses';
import { useCollection } from '../../store/ownData/useCollection';
import { Button } from '../../ui/controls/Button';
import { FieldLabel } from '../../ui/controls/FieldLabel';
import './AddressSource.css';

interface AddressSourceProps {
  text: string;
  onTextChange: (text: string) => void;
}

/** Files from elsewhere: nothing is asked of anybody before the button is pressed. */
export function AddressSource({ text, onTextChange }: AddressSourceProps) {
  const busy = useCollection((state) => state.status !== 'idle');
  const addAddresses = useCollection((state) => state.addAddresses);
  const id = useId();
  const published = publishedAddresses.find(({ addresses }) => addresses === text.trim());

  return (
    <form
      className="address-source"
      onSubmit={(event) => {
        event.preventDefault();
        void addAddresses(text, published?.name).then((added) => added && onTextChange(''));
      }}
    >
      <div className="field">
        <FieldLabel
          id={`${id}-label`}
          htmlFor={id}
          label="Addresses, one a line"
          explanation={
            <p>
              Of pictures, or of a .zip, .csv, .npy, .npz or .idx(.gz); labels in a file of their own go with
              it. By https, or by http from this machine. The server must allow other pages to read its files,
              as GitHub’s raw files and Hugging Face’s “resolve” addresses do. It learns your IP address, as
              with any download, but gets no cookies and is not told where this page is.
            </p>
          }
        />
        <textarea
          id={id}
          className="field__box address-source__text"
          rows={5}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          placeholder="https://example.org/pictures.zip"
          value={text}
          onChange={({ target }) => onTextChange(target.value)}
        />
      </div>
      <Button
        type="submit"
        variant="primary"
        icon={<Download size={16} aria-hidden />}
        disabled={busy || text.trim() === ''}
      >
        Fetch
      </Button>
      <fieldset className="address-source__published">
        <legend className="field__note">
          Or fill in the addresses of a known set, which a third party publishes:
        </legend>
        {publishedAddresses.map(({ title, addresses }) => (
          <Button key={title} onClick={() => onTextChange(addresses)}>
            {title}
          </Button>
        ))}
      </fieldset>
      <p className="field__note">Nothing is asked of anybody before you press Fetch.</p>
    </form>
  );
}
