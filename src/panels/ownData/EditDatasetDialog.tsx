import { Dialog } from 'radix-ui';
import { useState } from 'react';
import type { OwnDatasetId } from '../../engine/data/ownDataset';
import { useStore } from '../../store/store';
import { Button } from '../../ui/controls/Button';
import { TextField } from '../../ui/controls/TextField';
import { AugmentationFields } from './AugmentationFields';
import './EditDatasetDialog.css';

interface EditDatasetDialogProps {
  id: OwnDatasetId;
  onClose: () => void;
}

/** Name and variations of a data set of one's own; its pictures stay as they are. */
export default function EditDatasetDialog({ id, onClose }: EditDatasetDialogProps) {
  const facts = useStore((state) => state.ownDatasets.facts[id]);
  const changeOwnDataset = useStore((state) => state.changeOwnDataset);
  const [title, setTitle] = useState(facts?.title ?? '');
  const [augmentation, setAugmentation] = useState(facts?.augmentation);
  if (!facts || !augmentation) return null;

  function save() {
    if (!facts || !augmentation) return;
    const varied = JSON.stringify(augmentation) !== JSON.stringify(facts.augmentation);
    void changeOwnDataset(id, { title: title.trim() || facts.title, ...(varied ? { augmentation } : {}) });
    onClose();
  }

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog__overlay" />
        <Dialog.Content className="dialog" aria-describedby={undefined}>
          <Dialog.Title className="dialog__title">Name and variations</Dialog.Title>
          <form
            className="edit-dataset"
            onSubmit={(event) => {
              event.preventDefault();
              save();
            }}
          >
            <TextField label="Name" value={title} onChange={setTitle} maxLength={60} />
            <AugmentationFields
              augmentation={augmentation}
              imageSize={facts.imageSize}
              onChange={(changes) => setAugmentation({ ...augmentation, ...changes })}
            />
            <div className="dialog__buttons">
              <Dialog.Close asChild>
                <Button>Cancel</Button>
              </Dialog.Close>
              <Button type="submit" variant="primary">
                Save
              </Button>
            </div>
          </form>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
