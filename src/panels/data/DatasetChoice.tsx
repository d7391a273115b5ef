import { RadioGroup } from 'radix-ui';
import { useShallow } from 'zustand/react/shallow';
import { type DatasetId, datasets } from '../../engine/data/datasets';
import { factsOf } from '../../store/datasetFacts';
import { type Store, useStore } from '../../store/store';
import './DatasetChoice.css';

/** One card a data set, the user's own ones last; the choice loads it. */
export function DatasetChoice() {
  const id = useStore((state) => state.values.data.dataset);
  const ids = useStore(useShallow(datasetIds));
  const chooseDataset = useStore((state) => state.chooseDataset);
  return (
    <RadioGroup.Root
      className="dataset-choice"
      aria-label="Data set"
      value={id}
      onValueChange={(next) => void chooseDataset(next as DatasetId)}
    >
      {ids.map((id) => (
        <DatasetCard key={id} id={id} />
      ))}
    </RadioGroup.Root>
  );
}

function datasetIds({ ownDatasets }: Store): DatasetId[] {
  return [...(Object.keys(datasets) as DatasetId[]), ...ownDatasets.listed];
}

function DatasetCard({ id }: { id: DatasetId }) {
  const { title, count, imageSize, channels } = useStore((state) => factsOf(state, id));
  return (
    <RadioGroup.Item value={id} className="dataset-card">
      <b title={title}>{title}</b>
      <span>
        {count.toLocaleString('en')} · {imageSize}×{imageSize} {channels === 3 ? 'RGB' : 'grey'}
      </span>
    </RadioGroup.Item>
  );
}
