import { readFile } from 'node:fs/promises';
import { type Dataset, toImages } from '../src/engine/data/dataset';
import { datasets, loadDataset, type ShippedDatasetId } from '../src/engine/data/datasets';
import { trainable } from '../src/engine/data/import/buildImages';
import type { WantedShape } from '../src/engine/data/import/importImages';
import { reportLine, reportOf } from '../src/engine/data/import/report';
import type { ImageShape } from '../src/engine/data/import/resample';
import { defaultSettings, imageShape, settingsForImages } from '../src/settings/defaultSettings';
import type { Settings } from '../src/settings/settings';
import { CommandError, UsageError } from './errors';
import { oneOf, wholeNumber } from './numbers';
import { importPath, tellLeftOut } from './ownData';

type Shape = Pick<Settings['model'], 'imageSize' | 'imageChannels'>;

/** The options that name data of one's own. */
export interface DataOptions {
  dataset?: string | undefined;
  data?: string | undefined;
  crop?: string | undefined;
  limit?: string | undefined;
}

/** What is to be learned: one of the page's data sets, or images of one's own. */
export interface TrainingData {
  /** Its id, or the path or addresses where it was found. */
  name: string;
  /** What is taken of the images of one's own, as the options say it. */
  own?: { crop: string; limit?: number };
  /** The settings of the page for this data; `shape` is that of a model which is there already. */
  defaults(shape?: Shape): Promise<Settings>;
  /** All images; those of one's own are cropped and brought to the size and channels of the model. */
  load(model: Shape): Promise<Dataset>;
}

/** The data that the options name. Throws UsageError or CommandError. */
export async function trainingData({ dataset, data, crop, limit }: DataOptions): Promise<TrainingData> {
  if (dataset !== undefined && data !== undefined)
    throw new UsageError('--dataset and --data exclude each other.');
  if (data !== undefined) return ownData(data, crop, limit);
  for (const [name, value] of Object.entries({ crop, limit }))
    if (value !== undefined)
      throw new UsageError(`--${name} is for images of your own: it needs --data, not --dataset.`);
  if (dataset === undefined) throw new UsageError('--dataset NAME or --data PATH is missing.');
  const id = oneOf('dataset', dataset, Object.keys(datasets) as ShippedDatasetId[]);
  return {
    name: id,
    defaults: async () => defaultSettings(id),
    load: async (model) => {
      const { imageSize, imageChannels } = imageShape(datasets[id]);
      if (model.imageSize !== imageSize || model.imageChannels !== imageChannels) {
        throw new CommandError(
          `The model is for images of ${model.imageSize}×${model.imageSize}×${model.imageChannels}, ` +
            `but those of '${id}' are ${imageSize}×${imageSize}×${imageChannels}.`,
        );
      }
      return loadDataset(id, readData);
    },
  };
}

/** Images of one's own are read when their shape is known, and once more only where another is wanted then. */
function ownData(path: string, crop = 'centre', limitText?: string): TrainingData {
  const limit = limitText === undefined ? undefined : wholeNumber('limit', limitText, 1);
  let loaded: Dataset | undefined;
  const read = async (shape: WantedShape): Promise<Dataset> => {
    const imported = await importPath(path, crop, { shape, ...(limit === undefined ? {} : { limit }) });
    const report = reportOf(imported);
    tellLeftOut(report.left_out);
    process.stderr.write(`ddpm: ${path}: ${reportLine(report)}\n`);
    const { levels, ...facts } = trainable(imported.built);
    return { images: toImages(levels, 255), ...facts };
  };
  return {
    name: path,
    own: { crop, ...(limit === undefined ? {} : { limit }) },
    defaults: async (shape) => {
      if (shape) return settingsForImages(shape);
      loaded ??= await read('suitable');
      return settingsForImages({ imageSize: loaded.imageSize, imageChannels: loaded.channels });
    },
    load: async ({ imageSize, imageChannels }) => {
      if (imageChannels !== 1 && imageChannels !== 3)
        throw new CommandError(`Images have 1 or 3 channels, but the model has ${imageChannels}.`);
      const shape: ImageShape = { imageSize, channels: imageChannels };
      if (loaded?.imageSize !== imageSize || loaded.channels !== imageChannels) loaded = await read(shape);
      return loaded;
    },
  };
}

/** Files of the data sets, where the page has them too. */
function readData(fileName: string): Promise<Uint8Array> {
  return readFile(new URL(`../public/data/${fileName}`, import.meta.url));
}
