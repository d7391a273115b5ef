import { Dialog } from 'radix-ui';
import { useState } from 'react';
import type { OwnDatasetId } from '../../engine/data/ownDataset';
import { longestName, nameProblem, plainName } from '../../engine/names';
import { useStore } from '../../store/store';
import { Button } from '../../ui/controls/Button';
import { TextField } from '../../ui/controls/TextField';
import { AugmentationFields } from './AugmentationFields';

interface EditDatasetDialogProps {
  id: OwnDatasetId;
  onClose: () => void;
}

/** Name and variations of a data set of one's own; its images stay as they are. */
export default function EditDatasetDialog({ id, onClose }: EditDatasetDialogProps) {
  const facts = useStore((state) => state.ownDatasets.facts[id]);
  const changeOwnDataset = useStore((state) => state.changeOwnDataset);
  const [title, setTitle] = useState(facts?.title ?? '');
  const [augmentation, setAugmentation] = useState(facts?.augmentation);
  if (!facts || !augmentation) return null;
  const problem = nameProblem(title, longestName.dataset);

  function save() {
    if (!facts || !augmentation || problem !== null) return;
    const varied = JSON.stringify(augmentation) !== JSON.stringify(facts.augmentation);
    void changeOwnDataset(id, {
      title: plainName(title) || facts.title,
      ...(varied ? { augmentation } : {}),
    });
    onClose();
  }

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog__overlay" />
        <Dialog.Content className="dialog" aria-describedby={undefined}>
          <Dialog.Title>Name and variations</Dialog.Title>
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              save();
            }}
          >
            <TextField label="Name" value={title} onChange={setTitle} maxLength={longestName.dataset} />
            <AugmentationFields
              augmentation={augmentation}
              imageSize={facts.imageSize}
              onChange={(changes) => setAugmentation({ ...augmentation, ...changes })}
            />
            <div className="row row--end">
              <Dialog.Close asChild>
                <Button>Cancel</Button>
              </Dialog.Close>
              <Button type="submit" variant="primary" disabled={problem !== null}>
                Save
              </Button>
            </div>
          </form>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
