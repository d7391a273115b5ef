import { X } from 'lucide-react';
import { Dialog, Tabs } from 'radix-ui';
import { useState } from 'react';
import { collectionStore, useCollection } from '../../store/ownData/useCollection';
import { Button } from '../../ui/controls/Button';
import { ConfirmDialog } from '../../ui/controls/ConfirmDialog';
import { AddressSource } from './AddressSource';
import { CollectedImages } from './CollectedImages';
import { CollectionFields } from './CollectionFields';
import { CollectionNotices } from './CollectionNotices';
import { Corrections } from './Corrections';
import { DrawSource } from './DrawSource';
import { FilesSource } from './FilesSource';
import { FoundClasses } from './FoundClasses';
import { FoundFacts } from './FoundFacts';
import { LevelHistogram } from './LevelHistogram';
import { droppedFiles, droppedLinks } from './pickedFiles';
import { WebcamSource } from './WebcamSource';
import './ownData.css';

interface AddDataDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Images of one's own become a data set: from files, drawn or captured, in any mixture. */
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
          className="dialog dialog--tall add-data"
          aria-describedby="add-data-lead"
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault();
            take(event.dataTransfer);
          }}
        >
          <div className="dialog__head">
            <div>
              <Dialog.Title>Add your own data</Dialog.Title>
              <p id="add-data-lead" className="note">
                Your images stay in this browser. Nothing is sent anywhere.
              </p>
            </div>
            <Dialog.Close asChild>
              <Button className="button--icon" aria-label="Close" icon={X} />
            </Dialog.Close>
          </div>
          <div className="dialog__body">
            <Sources
              source={source}
              onSourceChange={setSource}
              addresses={addresses}
              onAddressesChange={setAddresses}
            />
            <Found />
            <Choices />
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
    <Tabs.Root value={source} onValueChange={onSourceChange} className="stack">
      <Tabs.List className="segmented" aria-label="Where the images come from">
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

function Found() {
  const built = useCollection((state) => state.built);
  const count = useCollection((state) => state.found.count);
  return (
    <section className="stack add-data__found" aria-label="The new data set">
      <CollectionNotices />
      {built && (
        <>
          <FoundFacts built={built} />
          <CollectedImages built={built} />
          <FoundClasses built={built} />
          <LevelHistogram built={built} />
        </>
      )}
      {count === 0 && (
        <p className="empty">
          The images that you add are shown here as the model will see them, before anything is stored. You
          can add more at any time: from files or addresses, drawn, or from the webcam.
        </p>
      )}
    </section>
  );
}

/** How the images come in; there is nothing to choose before there are some. */
function Choices() {
  const count = useCollection((state) => state.found.count);
  if (count === 0) return null;
  return (
    <section className="stack" aria-label="Settings of the new data set">
      <Corrections />
      <CollectionFields />
    </section>
  );
}

function Footer({ onSaved }: { onSaved: () => void }) {
  const built = useCollection((state) => state.built);
  const count = useCollection((state) => state.found.count);
  const status = useCollection((state) => state.status);
  const { save, discard } = useCollection((state) => state);
  const [asking, setAsking] = useState(false);
  return (
    <div className="dialog__foot row row--end">
      <Button disabled={count === 0 || status !== 'idle'} onClick={() => setAsking(true)}>
        Start over
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Discard the collected images?"
        cancel="Keep them"
        confirm="Discard them"
        onConfirm={discard}
      >
        {count === 1 ? 'One image is' : `${count.toLocaleString('en')} images are`} not saved yet.
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
