import { X } from 'lucide-react';
import { Dialog, Tabs } from 'radix-ui';
import { useState } from 'react';
import { collectionStore, useCollection } from '../../store/ownData/useCollection';
import { Button } from '../../ui/controls/Button';
import { ConfirmDialog } from '../../ui/controls/ConfirmDialog';
import { AddressSource } from './AddressSource';
import { CollectedPictures } from './CollectedPictures';
import { CollectionFields } from './CollectionFields';
import { CollectionNotices } from './CollectionNotices';
import { DrawSource } from './DrawSource';
import { FilesSource } from './FilesSource';
import { droppedFiles, droppedLinks } from './pickedFiles';
import { WebcamSource } from './WebcamSource';
import './AddDataDialog.css';

interface AddDataDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Pictures of one's own become a data set: from files, drawn or captured, in any mixture. */
export default function AddDataDialog({ open, onOpenChange }: AddDataDialogProps) {
  const [source, setSource] = useState('files');
  const [addresses, setAddresses] = useState('');

  /** Links are only filled in: that they are fetched is for the user to say. */
  function take(transfer: DataTransfer) {
    const links = droppedLinks(transfer);
    if (links === '') return void droppedFiles(transfer).then(collectionStore.getState().addFiles);
    setSource('address');
    setAddresses((before) => (before.trim() === '' ? links : `${before.trimEnd()}\n${links}`));
  }

  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog__overlay" />
        <Dialog.Content
          className="dialog add-data"
          aria-describedby="add-data-lead"
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault();
            take(event.dataTransfer);
          }}
        >
          <div className="add-data__head">
            <Dialog.Title className="dialog__title">Add your own data</Dialog.Title>
            <p id="add-data-lead" className="field__note">
              Your pictures stay in this browser: nothing is sent anywhere.
            </p>
            <Dialog.Close asChild>
              <Button
                className="button--icon add-data__close"
                aria-label="Close"
                icon={<X size={16} aria-hidden />}
              />
            </Dialog.Close>
          </div>
          <div className="add-data__body">
            <Sources
              source={source}
              onSourceChange={setSource}
              addresses={addresses}
              onAddressesChange={setAddresses}
            />
            <Collected />
          </div>
          <Footer onSaved={() => onOpenChange(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface SourcesProps {
  source: string;
  onSourceChange: (source: string) => void;
  addresses: string;
  onAddressesChange: (addresses: string) => void;
}

function Sources({ source, onSourceChange, addresses, onAddressesChange }: SourcesProps) {
  return (
    <Tabs.Root value={source} onValueChange={onSourceChange} className="add-data__sources">
      <Tabs.List className="segmented" aria-label="Where the pictures come from">
        {[
          ['files', 'Files'],
          ['address', 'Address'],
          ['draw', 'Draw'],
          ['webcam', 'Webcam'],
        ].map(([value, title]) => (
          <Tabs.Trigger key={value} value={value as string} className="segmented__option">
            {title}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      <Tabs.Content value="files">
        <FilesSource />
      </Tabs.Content>
      <Tabs.Content value="address">
        <AddressSource text={addresses} onTextChange={onAddressesChange} />
      </Tabs.Content>
      <Tabs.Content value="draw">
        <DrawSource />
      </Tabs.Content>
      <Tabs.Content value="webcam">
        <WebcamSource />
      </Tabs.Content>
    </Tabs.Root>
  );
}

function Collected() {
  const built = useCollection((state) => state.built);
  const count = useCollection((state) => state.count);
  return (
    <section className="add-data__collected" aria-label="The new data set">
      <CollectionNotices />
      {built && <CollectedPictures built={built} />}
      {count > 0 ? (
        <CollectionFields />
      ) : (
        <p className="field__note add-data__empty">
          What you bring in is shown here as the model will see it, before anything is stored. Add more at any
          time: from other files or addresses, drawn, or from the webcam.
        </p>
      )}
    </section>
  );
}

function Footer({ onSaved }: { onSaved: () => void }) {
  const built = useCollection((state) => state.built);
  const count = useCollection((state) => state.count);
  const status = useCollection((state) => state.status);
  const { save, discard } = useCollection((state) => state);
  const [asking, setAsking] = useState(false);
  return (
    <div className="add-data__foot">
      <Button disabled={count === 0 || status !== 'idle'} onClick={() => setAsking(true)}>
        Start over
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Throw away what was collected?"
        cancel="Keep it"
        confirm="Throw it away"
        onConfirm={discard}
      >
        {count === 1 ? 'One picture is' : `${count.toLocaleString('en')} pictures are`} not saved yet.
      </ConfirmDialog>
      <Button
        variant="primary"
        disabled={!built || status !== 'idle'}
        onClick={() => void save().then((saved) => saved && onSaved())}
      >
        {status === 'saving' ? 'Saving…' : 'Save and use it'}
      </Button>
    </div>
  );
}
