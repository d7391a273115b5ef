import { isShippedDatasetId } from '../../engine/data/datasets';
import { useStore } from '../../store/store';
import { Panel } from '../../ui/controls/Panel';
import { AddDataButton } from '../ownData/AddDataButton';
import { OwnDatasetBar } from '../ownData/OwnDatasetBar';
import { OwnDatasetNotices } from '../ownData/OwnDatasetNotices';
import { ClassFilter } from './ClassFilter';
import { DatasetAbout } from './DatasetAbout';
import { DatasetChoice } from './DatasetChoice';
import { ExampleGrid } from './ExampleGrid';
import './DataPanel.css';

/** Real pictures to learn from: which set, which classes, and one of them for the forward process. */
export function DataPanel() {
  const { id, status, problem } = useStore((state) => state.dataset);
  const chooseDataset = useStore((state) => state.chooseDataset);
  return (
    <Panel
      id="data"
      title="Data"
      actions={<AddDataButton />}
      lead="Real pictures for the model to learn from. Pick one, and the next step adds noise to it."
    >
      <div className="data" aria-busy={status === 'loading'}>
        <DatasetChoice />
        <OwnDatasetNotices />
        <DatasetAbout id={id} />
        {!isShippedDatasetId(id) && <OwnDatasetBar key={id} id={id} />}
        {status === 'failed' && (
          <p className="field__problem" role="alert">
            {problem}{' '}
            <button type="button" className="data__again" onClick={() => void chooseDataset(id)}>
              Try again
            </button>
          </p>
        )}
        <ClassFilter />
        <ExampleGrid />
      </div>
    </Panel>
  );
}
