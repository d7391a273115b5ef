import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Dataset } from '../src/engine/data/dataset';
import { datasets, loadDataset, type ShippedDatasetId } from '../src/engine/data/datasets';
import { buildDataset, suitableShape } from '../src/engine/data/import/buildDataset';
import { importPictures } from '../src/engine/data/import/importPictures';
import { ImportError } from '../src/engine/data/import/pixels';
import type { NamedFile } from '../src/engine/data/import/unpack';
import { defaultSettings, pictureShape, settingsForPictures } from '../src/store/defaultSettings';
import type { Settings } from '../src/store/settings';
import { parseCrop } from './crop';
import { decodeImage } from './decodeImage';
import { CommandError, UsageError } from './errors';
import { fetchedFiles, isAddress } from './fetchedFiles';
import { readBytes } from './files';
import { oneOf } from './numbers';

type Shape = Settings['model'];

/** What is to be learned: one of the page's data sets, or pictures of one's own. */
export interface TrainingData {
  /** Its id, or the path or addresses where it was found. */
  name: string;
  /** What is taken of each picture of one's own, as `--crop` says it. */
  crop?: string;
  defaults: Settings;
  /** All pictures; those of one's own are cropped and brought to the size and channels of the model. */
  load(model: Pick<Shape, 'imageSize' | 'imageChannels'>): Promise<Dataset>;
}

/** The data that `--dataset` or `--data` name, and `--crop` crops. Throws UsageError or CommandError. */
export async function trainingData(
  dataset: string | undefined,
  data: string | undefined,
  crop: string | undefined,
): Promise<TrainingData> {
  if (dataset !== undefined && data !== undefined)
    throw new UsageError('--dataset and --data exclude each other.');
  if (data !== undefined) return ownData(data, crop);
  if (crop !== undefined)
    throw new UsageError("--crop is for pictures of one's own: it needs --data, not --dataset.");
  if (dataset === undefined) throw new UsageError('--dataset NAME or --data PATH is missing.');
  const id = oneOf('dataset', dataset, Object.keys(datasets) as ShippedDatasetId[]);
  return {
    name: id,
    defaults: defaultSettings(id),
    load: async (model) => {
      const { imageSize, imageChannels } = pictureShape(datasets[id]);
      if (model.imageSize !== imageSize || model.imageChannels !== imageChannels) {
        throw new CommandError(
          `The model is for pictures of ${model.imageSize}×${model.imageSize}×${model.imageChannels}, ` +
            `but those of '${id}' are ${imageSize}×${imageSize}×${imageChannels}.`,
        );
      }
      return loadDataset(id, readData);
    },
  };
}

async function ownData(path: string, cropText = 'centre'): Promise<TrainingData> {
  const crop = parseCrop(cropText);
  try {
    const pictures = await importPictures(
      await (isAddress(path) ? fetchedFiles(path) : filesAt(path)),
      decodeImage,
    );
    const { imageSize, channels } = suitableShape(pictures, crop);
    return {
      name: path,
      crop: cropText,
      defaults: settingsForPictures({ imageSize, imageChannels: channels }),
      load: async (model) => {
        if (model.imageChannels !== 1 && model.imageChannels !== 3)
          throw new CommandError(`Pictures have 1 or 3 channels, but the model has ${model.imageChannels}.`);
        return buildDataset(pictures, { imageSize: model.imageSize, channels: model.imageChannels }, crop);
      },
    };
  } catch (error) {
    if (error instanceof ImportError) throw new CommandError(error.message);
    throw error;
  }
}

/** A file, or all files of a folder by their paths in it. */
async function filesAt(path: string): Promise<NamedFile[]> {
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory();
  if (!isFolder) return [{ name: path, bytes: await readBytes(path) }];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    paths.sort().map(async (name) => ({ name: relative(path, name), bytes: await readBytes(name) })),
  );
}

/** Files of the data sets, where the page has them too. */
function readData(fileName: string): Promise<Uint8Array> {
  return readFile(new URL(`../public/data/${fileName}`, import.meta.url));
}
