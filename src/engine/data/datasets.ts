import { type Dataset, type DatasetDefinition, type ReadFile, toImages } from './dataset';
import { digits } from './digits';
import { fashion16, fashion28 } from './fashion';
import { shapes } from './shapes';

/** All data sets by id. To add one: a file with its facts and its source, and a line here. */
export const datasets = {
  digits,
  'fashion-16': fashion16,
  'fashion-28': fashion28,
  shapes,
} satisfies Record<string, DatasetDefinition>;

export type DatasetId = keyof typeof datasets;

/** Whether an id names a data set. */
export function isDatasetId(id: string): id is DatasetId {
  return Object.hasOwn(datasets, id);
}

/** Reads or draws all pictures of a data set. Throws an error that names the file when it cannot be used. */
export async function loadDataset(id: DatasetId, read: ReadFile): Promise<Dataset> {
  const definition: DatasetDefinition = datasets[id];
  const { count, imageSize, channels, classNames, white, source } = definition;
  const { levels, labels } = await source(definition, read);
  return { images: toImages(levels, white), labels, count, imageSize, channels, classNames };
}
