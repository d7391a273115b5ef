import { type Dataset, type DatasetDefinition, type ReadFile, toImages } from './dataset';
import { digits } from './digits';
import { emoji, emoji32 } from './emoji';
import { fashion16, fashion28 } from './fashion';
import { glyphs } from './glyphs';
import { mnist16, mnist28 } from './mnist';
import { isOwnDatasetId, type OwnDatasetId } from './ownDataset';
import { shapes } from './shapes';

/** All data sets that ship with the page, by id. To add one: a file with its facts and its source, and a line here. */
export const datasets = {
  digits,
  'mnist-16': mnist16,
  'mnist-28': mnist28,
  'fashion-16': fashion16,
  'fashion-28': fashion28,
  shapes,
  emoji,
  'emoji-32': emoji32,
  glyphs,
} satisfies Record<string, DatasetDefinition>;

export type ShippedDatasetId = keyof typeof datasets;
export type DatasetId = ShippedDatasetId | OwnDatasetId;

/** A data set in memory that says which it is. */
export interface LoadedDataset extends Dataset {
  id: DatasetId;
}

/** Whether an id names a data set that ships with the page. */
export function isShippedDatasetId(id: string): id is ShippedDatasetId {
  return Object.hasOwn(datasets, id);
}

/** Whether an id may name a data set: one that ships, or the user's own, which may be gone. */
export function isDatasetId(id: string): id is DatasetId {
  return isShippedDatasetId(id) || isOwnDatasetId(id);
}

/** Reads or draws all images of a data set. Throws an error that names the file when it cannot be used. */
export async function loadDataset(id: ShippedDatasetId, read: ReadFile): Promise<Dataset> {
  const definition: DatasetDefinition = datasets[id];
  const { count, imageSize, channels, classNames, white, source } = definition;
  const { levels, labels } = await source(definition, read);
  return { images: toImages(levels, white), labels, count, imageSize, channels, classNames, white };
}
