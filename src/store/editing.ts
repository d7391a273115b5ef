import type { DatasetId } from '../engine/data/datasets';
import type { SamplerId } from '../engine/diffusion/samplers/samplers';
import type { DatasetMessage } from '../worker/protocol';
import { type FactsNeeds, factsOf } from './datasetFacts';
import type { DatasetState } from './datasetSlice';
import { type SampledModel, sampledModel } from './sampledModel';
import type { SamplingState } from './samplingSlice';
import type { SessionState } from './sessionSlice';
import type { SettingsState } from './settingsSlice';
import type { TrainingState } from './trainingState';

/** The parts of the store that decide whether pictures can be edited, and with which model. */
export interface EditingNeeds extends FactsNeeds {
  session: Pick<SessionState, 'status' | 'backend'>;
  dataset: Pick<DatasetState, 'id' | 'data'>;
  settings: Pick<SettingsState, 'dataset'>;
  training: Pick<TrainingState, 'model' | 'step'>;
  sampling: Pick<SamplingState, 'origin' | 'settings'>;
}

/** Height and width of a picture in pixels, and its channels. */
export interface PictureShape {
  size: number;
  channels: number;
}

export type EditStatus = 'idle' | 'running' | 'finished' | 'stopped' | 'failed';

/** How the way back from t is walked: at most `steps` of the t steps, or all of them. */
export interface WayBack {
  sampler: SamplerId;
  steps: number | 'all';
}

/** Quick enough to follow a slider. */
export const quickWayBack: WayBack = { sampler: 'ddim', steps: 25 };

/** Steps that a run from t takes. */
export function stepsFrom({ steps }: Pick<WayBack, 'steps'>, t: number): number {
  return steps === 'all' ? t : Math.min(steps, t);
}

/** Why nothing can be edited now; null where it can. */
export function editingProblem(state: EditingNeeds): string | null {
  if (state.session.status !== 'ready') return 'The engine is starting.';
  const model = sampledModel(state);
  if (!model) return 'There is no model for these pictures yet: train one first.';
  if (!state.dataset.data || state.dataset.data.id !== state.dataset.id) return 'The pictures are loading.';
  return shapeProblem(model, state.dataset.data, factsOf(state, state.dataset.id).title);
}

function shapeProblem(
  { config }: SampledModel,
  { imageSize, channels }: DatasetMessage,
  title: string,
): string | null {
  if (config.imageSize === imageSize && config.imageChannels === channels) return null;
  const shape = (size: number, count: number) =>
    `${size}×${size} pixels ${count === 3 ? 'in colour' : 'in grey'}`;
  return (
    `The model draws pictures of ${shape(config.imageSize, config.imageChannels)}, and those of ` +
    `${title} are ${shape(imageSize, channels)}: go back to its data set, or train a model for this one.`
  );
}

/** Whether pictures are of one shape: what was drawn for another data set is not shown beside this one's. */
export function isSameShape(one: PictureShape | null, other: PictureShape | null): boolean {
  return one?.size === other?.size && one?.channels === other?.channels;
}

/** The shape of a data set's pictures. */
export function shapeOfData(
  data: Pick<DatasetMessage, 'imageSize' | 'channels'> | null,
): PictureShape | null {
  return data && { size: data.imageSize, channels: data.channels };
}

/** Whether an opened picture is one of the data set's kind. */
export function isOf<Opened extends PictureShape & { dataset: DatasetId }>(
  data: Pick<DatasetMessage, 'id' | 'imageSize' | 'channels'>,
  opened: Opened | null,
): opened is Opened {
  return opened?.dataset === data.id && isSameShape(opened, shapeOfData(data));
}

/** A picture of the data set, HWC: a copy. */
export function dataPicture(
  { images, imageSize, channels, count }: DatasetMessage,
  index: number,
): Float32Array {
  const length = imageSize ** 2 * channels;
  const at = Math.min(index, count - 1) * length;
  return images.slice(at, at + length);
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
