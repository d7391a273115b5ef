import { type DatasetId, datasets, isShippedDatasetId } from '../../engine/data/datasets';

/** What a data set shows, and who made it. */
export function DatasetAbout({ id }: { id: DatasetId }) {
  if (!isShippedDatasetId(id))
    return (
      <p className="data__about">Your own pictures. They stay in this browser, and nobody else gets them.</p>
    );
  const { description, licence } = datasets[id];
  return (
    <p className="data__about">
      {description} <span className="data__licence">{licence}</span>
    </p>
  );
}
