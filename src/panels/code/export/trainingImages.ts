import type { Dataset, ReadFile } from '../../../engine/data/dataset';
import { type DatasetId, datasets, isShippedDatasetId, loadDataset } from '../../../engine/data/datasets';
import { datasetAsNpz } from '../../../engine/data/export/exportDataset';
import { type OwnDataset, type OwnDatasetId, openOwnDataset } from '../../../engine/data/ownDataset';
import { splitOf } from '../../../engine/data/split';

/** Where data sets of one's own are read. */
export interface OwnDatasets {
  readOwnDataset(id: OwnDatasetId): Promise<OwnDataset>;
}

/** The level of white in the images of a data set. */
export function whiteOf(id: DatasetId): number {
  return isShippedDatasetId(id) ? datasets[id].white : 255;
}

/** An .npz without the images that the page holds out: metrics of what the script trains stay comparable. */
export async function trainingImages(
  id: DatasetId,
  own: OwnDatasets,
  read: ReadFile,
): Promise<Uint8Array<ArrayBuffer>> {
  const dataset = isShippedDatasetId(id)
    ? await loadDataset(id, read)
    : openOwnDataset(await own.readOwnDataset(id));
  const { training } = splitOf(dataset);
  const bytes = datasetAsNpz({ ...training, levels: levelsOf(training, whiteOf(id)) });
  return bytes as Uint8Array<ArrayBuffer>;
}

/** The bytes of images in [−1, 1]. */
export function levelsOf({ images }: Pick<Dataset, 'images'>, white: number): Uint8Array {
  return Uint8Array.from(images, (value) => Math.round(((value + 1) * white) / 2));
}
