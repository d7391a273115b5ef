import { Undo2 } from 'lucide-react';
import { factsOf } from '../../store/datasetFacts';
import { useStore } from '../../store/store';
import { Button } from '../../ui/controls/Button';
import './OwnDatasetBar.css';

/** What was deleted, which can be brought back, and what the storage refused. */
export function OwnDatasetNotices() {
  const deleted = useStore((state) => state.ownDatasets.deleted);
  const title = useStore((state) => deleted && factsOf(state, deleted).title);
  const problem = useStore((state) => state.ownDatasets.problem);
  const restoreOwnDataset = useStore((state) => state.restoreOwnDataset);
  return (
    <>
      {problem && (
        <p className="field__problem" role="alert">
          {problem}
        </p>
      )}
      {title && (
        <p className="own-data own-data__deleted" role="status">
          “{title}” is deleted.
          <Button icon={<Undo2 size={16} aria-hidden />} onClick={() => void restoreOwnDataset()}>
            Undo
          </Button>
        </p>
      )}
    </>
  );
}
