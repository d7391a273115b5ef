import { Download } from 'lucide-react';
import { useId } from 'react';
import { publishedAddresses } from '../../engine/files/addresses';
import { useCollection } from '../../store/ownData/useCollection';
import { Button } from '../../ui/controls/Button';
import { FieldHelp, FieldLabel } from '../../ui/controls/FieldLabel';

interface AddressSourceProps {
  text: string;
  onTextChange: (text: string) => void;
}

/** Files from elsewhere: nothing is downloaded before the button is pressed. */
export function AddressSource({ text, onTextChange }: AddressSourceProps) {
  const busy = useCollection((state) => state.status !== 'idle');
  const addAddresses = useCollection((state) => state.addAddresses);
  const id = useId();
  const published = publishedAddresses.find(({ addresses }) => addresses === text.trim());

  return (
    <form
      className="stack gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void addAddresses(text, published?.name).then((added) => added && onTextChange(''));
      }}
    >
      <div className="field">
        <FieldLabel id={`${id}-label`} htmlFor={id} label="Addresses, one a line" />
        <textarea
          id={id}
          className="field__box add-data__text"
          rows={5}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          placeholder="https://example.org/images.zip"
          value={text}
          onChange={({ target }) => onTextChange(target.value)}
        />
        <FieldHelp
          label="the addresses"
          explanation={
            <p>
              Addresses of images, or of a .parquet, .zip, .tar.gz, .csv, .npy, .npz or .idx file. Labels in a
              file of their own need a line too. Use https, or http on this machine. The server must allow
              other pages to read its files, as GitHub’s raw files and Hugging Face’s “resolve” addresses do.
              It learns your IP address, as with any download. It gets no cookies and not the address of this
              page.
            </p>
          }
        />
      </div>
      <Button type="submit" variant="primary" icon={Download} disabled={busy || text.trim() === ''}>
        Fetch
      </Button>
      <fieldset className="row">
        <legend className="note">
          Or fill in the addresses of a known data set, which a third party publishes:
        </legend>
        {publishedAddresses.map(({ title, addresses }) => (
          <Button key={title} onClick={() => onTextChange(addresses)}>
            {title}
          </Button>
        ))}
      </fieldset>
      <p className="note">Nothing is downloaded before you press Fetch.</p>
    </form>
  );
}
