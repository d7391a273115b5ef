import { Suspense } from 'react';
import { isShippedDatasetId } from '../../../engine/data/datasets';
import { DatasetChoice } from '../../../panels/data/DatasetChoice';
import { AddDataButton } from '../../../panels/ownData/AddDataButton';
import { OwnDatasetNotices } from '../../../panels/ownData/OwnDatasetNotices';
import { useStore } from '../../../store/store';
import { Button } from '../../../ui/controls/Button';
import { Panel } from '../../../ui/controls/Panel';
import { lazyPart } from '../../../ui/lazyPart';
import { ClassFilter } from './ClassFilter';
import { DatasetAbout } from './DatasetAbout';
import { ExampleGrid } from './ExampleGrid';

const OwnDatasetBar = lazyPart(() => import('../../../panels/ownData/OwnDatasetBar'));

/** Real images to learn from: which set, which classes, and one of them for the forward process. */
export function DataPanel() {
  const { status, problem } = useStore((state) => state.dataset);
  const id = useStore((state) => state.values.data.dataset);
  const chooseDataset = useStore((state) => state.chooseDataset);
  return (
    <Panel
      id="data"
      title="Data"
      actions={<AddDataButton />}
      lead="Real images for the model to learn from. Pick one, and the next step adds noise to it."
    >
      <div className="stack gap-3" aria-busy={status === 'loading'}>
        <DatasetChoice />
        <OwnDatasetNotices />
        <DatasetAbout id={id} />
        <Suspense fallback={null}>{!isShippedDatasetId(id) && <OwnDatasetBar key={id} id={id} />}</Suspense>
        {status === 'failed' && (
          <p className="problem" role="alert">
            {problem} <Button onClick={() => void chooseDataset(id)}>Try again</Button>
          </p>
        )}
        <ClassFilter />
        <ExampleGrid />
      </div>
    </Panel>
  );
}
