import { RadioGroup } from 'radix-ui';
import { type DatasetId, datasets } from '../../engine/data/datasets';
import { useStore } from '../../store/store';
import './DatasetChoice.css';

/** One card a data set; the choice loads it. */
export function DatasetChoice() {
  const id = useStore((state) => state.dataset.id);
  const chooseDataset = useStore((state) => state.chooseDataset);
  return (
    <RadioGroup.Root
      className="dataset-choice"
      aria-label="Data set"
      value={id}
      onValueChange={(next) => void chooseDataset(next as DatasetId)}
    >
      {Object.entries(datasets).map(([key, { title, count, imageSize, channels }]) => (
        <RadioGroup.Item key={key} value={key} className="dataset-card">
          <span className="dataset-card__title">{title}</span>
          <span className="dataset-card__facts">
            {count.toLocaleString('en')} · {imageSize}×{imageSize} {channels === 3 ? 'RGB' : 'grey'}
          </span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
