import { Download, SlidersHorizontal, Trash2 } from 'lucide-react';
import { Popover } from 'radix-ui';
import { Suspense, useState } from 'react';
import type { OwnDataset, OwnDatasetId } from '../../engine/data/ownDataset';
import { messageOf } from '../../engine/messageOf';
import { useStore } from '../../store/store';
import { Button } from '../../ui/controls/Button';
import { Problem } from '../../ui/controls/Problem';
import { lazyPart } from '../../ui/lazyPart';

const EditDatasetDialog = lazyPart(() => import('./EditDatasetDialog'));

/** What can be done with a data set of one's own. */
export default function OwnDatasetBar({ id }: { id: OwnDatasetId }) {
  const deleteOwnDataset = useStore((state) => state.deleteOwnDataset);
  const [editing, setEditing] = useState(false);
  return (
    <div className="row">
      <Button icon={SlidersHorizontal} onClick={() => setEditing(true)}>
        Edit
      </Button>
      <ExportButton id={id} />
      <Button icon={Trash2} onClick={() => void deleteOwnDataset(id)}>
        Delete
      </Button>
      {editing && (
        <Suspense>
          <EditDatasetDialog id={id} onClose={() => setEditing(false)} />
        </Suspense>
      )}
    </div>
  );
}

const forms = [
  { ending: 'zip', title: 'Images (.zip)', description: 'A PNG each, a folder for each class.' },
  { ending: 'npz', title: 'Arrays (.npz)', description: 'For NumPy: images and labels.' },
] as const;

function ExportButton({ id }: { id: OwnDatasetId }) {
  const [problem, setProblem] = useState<string | null>(null);

  async function save(ending: 'zip' | 'npz') {
    try {
      setProblem(null);
      const [dataset, { datasetAsNpz, datasetAsPngs }] = await Promise.all([
        useStore.getState().readOwnDataset(id),
        import('../../engine/data/export/exportDataset'),
      ]);
      download(ending === 'zip' ? datasetAsPngs(dataset) : datasetAsNpz(dataset), dataset, ending);
    } catch (error) {
      setProblem(messageOf(error));
    }
  }

  return (
    <>
      <Popover.Root>
        <Popover.Trigger asChild>
          <Button icon={Download}>Export</Button>
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            className="explanation stack gap-3"
            sideOffset={4}
            collisionPadding={12}
            aria-label="Export as"
          >
            {forms.map(({ ending, title, description }) => (
              <div key={ending} className="stack gap-1">
                <Popover.Close asChild>
                  <Button onClick={() => void save(ending)}>{title}</Button>
                </Popover.Close>
                <p className="note">{description}</p>
              </div>
            ))}
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
      <Problem>{problem}</Problem>
    </>
  );
}

function download(bytes: Uint8Array, { title }: OwnDataset, ending: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>]));
  link.download = `${title.replace(/[\\/:*?"<>|\p{Cc}]/gu, '-')}.${ending}`;
  link.click();
  // The download has begun by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
