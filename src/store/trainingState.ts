import type { DatasetId } from '../engine/data/datasets';
import type { StepHealth } from '../engine/network/healthMonitor';
import type { HeldOutLoss } from '../worker/model';
import type { MemoryReport, ModelReport } from '../worker/protocol';
import type { LossHistory } from './lossHistory';

export type TrainingStatus = 'idle' | 'starting' | 'training' | 'paused' | 'finished' | 'diverged' | 'failed';

export interface TrainingState {
  status: TrainingStatus;
  /** The model of the last visit is being read: until then nothing may take its place. */
  isRestoring: boolean;
  /** The model in the engine; none before the first start. */
  model: ModelReport | null;
  /** The data set that it learns; null where it came from a file that names none of the page. */
  dataset: DatasetId | null;
  /** Title of what it learned, where `dataset` is null but its file names data whose images are not here. */
  missingData: string | null;
  /** Steps that it was trained for. */
  step: number;
  /** Grows in place: read it again whenever `step` changes. */
  losses: LossHistory;
  /** On held-out images, after some of the steps, ascending. */
  heldOutLosses: HeldOutLoss[];
  /** Mean squared error by t, in equal stretches; none before the first step of a visit. */
  lossByTime: Float32Array | null;
  /** Of the layers after some of the steps, ascending; empty where it is not measured. */
  health: readonly StepHealth[];
  /** Share of the training time that measuring it took; null before. */
  healthShare: number | null;
  /** Measured by the engine; none before and between runs. */
  speed: TrainingSpeed | null;
  /** What the engine holds, as last measured. */
  memory: MemoryReport | null;
  /** Samples of the EMA weights as last drawn. */
  preview: Preview | null;
  /** The last step that the browser's storage has, and since when (performance.now) it lacks steps; null where it has all. */
  savedStep: number;
  unsavedSince: number | null;
  /** For the user: why it stopped, or what was done to go on. */
  message: string | null;
  /** Where it diverged: the learning rate to go on with. */
  lowerRate?: number | undefined;
}

export interface TrainingSpeed {
  stepsPerSecond: number;
  imagesPerSecond: number;
  secondsLeft: number;
}

/** Images NHWC in [−1, 1] after `step` training steps, from the same noise each time. */
export interface Preview {
  step: number;
  images: Float32Array;
  count: number;
  size: number;
  channels: number;
  /** Classes of the model, which the images take in turn; 0 for none. */
  nClasses: number;
}

/** Whether a run is under way. */
export function isTraining({ status }: Pick<TrainingState, 'status'>): boolean {
  return status === 'starting' || status === 'training';
}

/** Whether there is a model that someone would miss. */
export function hasTrained({ model, step }: Pick<TrainingState, 'model' | 'step'>): boolean {
  return model !== null && (step > 0 || model.imported === true);
}
