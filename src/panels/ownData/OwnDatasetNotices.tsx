import { Undo2 } from 'lucide-react';
import { factsOf } from '../../store/datasetFacts';
import { useStore } from '../../store/store';
import { Button } from '../../ui/controls/Button';
import { Problem } from '../../ui/controls/Problem';

/** What was deleted, which can be brought back, and what the storage refused. */
export function OwnDatasetNotices() {
  const deleted = useStore((state) => state.ownDatasets.deleted);
  const title = useStore((state) => deleted && factsOf(state, deleted).title);
  const problem = useStore((state) => state.ownDatasets.problem);
  const restoreOwnDataset = useStore((state) => state.restoreOwnDataset);
  return (
    <>
      <Problem>{problem}</Problem>
      {title && (
        <div className="notice" role="status">
          <p>“{title}” is deleted.</p>
          <Button icon={Undo2} onClick={() => void restoreOwnDataset()}>
            Undo
          </Button>
        </div>
      )}
    </>
  );
}
