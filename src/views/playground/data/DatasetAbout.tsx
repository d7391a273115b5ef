import type { Augmentation } from '../../../engine/data/augmentation';
import { type DatasetId, datasets, isShippedDatasetId } from '../../../engine/data/datasets';
import { useStore } from '../../../store/store';

/** What a data set shows, and who made it. */
export function DatasetAbout({ id }: { id: DatasetId }) {
  const augmentation = useStore((state) => state.ownDatasets.facts[id]?.augmentation);
  if (!isShippedDatasetId(id)) {
    return (
      <p className="data__about note">
        Your own images. They stay in this browser, and nobody else gets them.
        {augmentation && variations(augmentation)}
      </p>
    );
  }
  const { description, licence } = datasets[id];
  return (
    <p className="data__about note">
      {description} {licence}
    </p>
  );
}

/** How batches vary them, in a sentence; nothing where they do not. */
function variations({ flipAcross, flipDown, shift }: Augmentation): string {
  const ways = [
    ...(flipAcross ? ['flipped left and right'] : []),
    ...(flipDown ? ['flipped top and bottom'] : []),
    ...(shift > 0 ? [`shifted by up to ${shift} ${shift === 1 ? 'pixel' : 'pixels'}`] : []),
  ];
  return ways.length === 0 ? '' : ` While the model learns, chance has them ${ways.join(', ')}.`;
}
