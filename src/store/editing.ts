import type { DatasetId, LoadedDataset } from '../engine/data/datasets';
import { type FactsNeeds, factsOf } from './datasetFacts';
import type { DatasetState } from './datasetSlice';
import { type SampledModel, sampledModel } from './sampledModel';
import type { SessionState } from './sessionState';
import type { TrainingState } from './trainingState';
import type { PageValues } from './valuesSlice';

/** The parts of the store that decide whether images can be edited, and with which model. */
export interface EditingNeeds extends FactsNeeds {
  session: Pick<SessionState, 'status' | 'backend'>;
  dataset: Pick<DatasetState, 'data'>;
  training: Pick<TrainingState, 'model' | 'step'>;
  values: Pick<PageValues, 'data' | 'origin' | 'sampling'>;
}

/** Height and width of an image in pixels, and its channels. */
export interface ImageShape {
  size: number;
  channels: number;
}

/** Why nothing can be edited now, with the model of the next run or another one; null where it can. */
export function editingProblem(state: EditingNeeds, model = sampledModel(state)): string | null {
  if (state.session.status !== 'ready') return 'The engine is starting.';
  if (!model) return 'There is no model for these images yet: train one first.';
  if (!state.dataset.data || state.dataset.data.id !== state.values.data.dataset)
    return 'The images are loading.';
  return shapeProblem(model, state.dataset.data, factsOf(state, state.values.data.dataset).title);
}

function shapeProblem(
  { config }: SampledModel,
  { imageSize, channels }: LoadedDataset,
  title: string,
): string | null {
  if (config.imageSize === imageSize && config.imageChannels === channels) return null;
  const shape = (size: number, count: number) =>
    `${size}×${size} pixels ${count === 3 ? 'in colour' : 'in grey'}`;
  return (
    `The model draws images of ${shape(config.imageSize, config.imageChannels)}, and those of ` +
    `${title} are ${shape(imageSize, channels)}: go back to its data set, or train a model for this one.`
  );
}

/** Whether images are of one shape: what was drawn for another data set is not shown beside this one's. */
export function isSameShape(one: ImageShape | null, other: ImageShape | null): boolean {
  return one?.size === other?.size && one?.channels === other?.channels;
}

/** The shape of a data set's images. */
export function shapeOfData(data: Pick<LoadedDataset, 'imageSize' | 'channels'> | null): ImageShape | null {
  return data && { size: data.imageSize, channels: data.channels };
}

/** Whether an opened image is one of the data set's kind. */
export function isOf<Opened extends ImageShape & { dataset: DatasetId }>(
  data: Pick<LoadedDataset, 'id' | 'imageSize' | 'channels'>,
  opened: Opened | null,
): opened is Opened {
  return opened?.dataset === data.id && isSameShape(opened, shapeOfData(data));
}

/** An index that another data set, or a link, may have made too large. */
export function indexWithin({ count }: Pick<LoadedDataset, 'count'>, index: number): number {
  return Math.min(index, count - 1);
}

/** An image of the data set, HWC: a copy. */
export function dataImage(
  { images, imageSize, channels, count }: LoadedDataset,
  index: number,
): Float32Array {
  const length = imageSize ** 2 * channels;
  const at = indexWithin({ count }, index) * length;
  return images.slice(at, at + length);
}
