import type { BackendName, BackendReport } from '../engine/backend/report';
import type { PlainModelForm } from '../engine/checkpoint/plainModel';
import type { InferredConfig, MissingConfig } from '../engine/checkpoint/stateDictFile';
import type { DatasetId, LoadedDataset, ShippedDatasetId } from '../engine/data/datasets';
import type { OwnDataset, OwnDatasetId, OwnFacts } from '../engine/data/ownDataset';
import type { MeasureOptions, Rival, StepMeasurement } from '../engine/measure/measureSteps';
import type { MatmulPeak } from '../engine/measure/peak';
import type { StepProfile } from '../engine/measure/profile';
import type { ShippedModelId } from '../engine/models/shippedModels';
import type { StepHealth } from '../engine/network/healthMonitor';
import type { StoredAnswer } from '../engine/study/storedStudies';
import type { AnyStudy, ReportOf, RequestOf, ResultOf } from '../engine/study/study';
import type { ModelConfig } from '../engine/unet/config';
import type { SamplingSettings } from '../settings/samplingSettings';
import type { PreviewSettings, TrainingSettings } from '../settings/settings';
import type { HeldOutLoss } from './model';

/** What the page can ask of the engine in its worker. Errors arrive as rejections whose message is for the user. */
export interface EngineApi {
  /**
   * Probes for a backend and starts it, once; the report says which, and why not another. `listen` hears where it fails
   * later and another takes its place.
   */
  start(options: StartOptions, listen?: (change: BackendChange) => void): Promise<BackendReport>;
  /** Loads a data set and makes it the one to train on. The page gets its own copy. */
  loadDataset(id: ShippedDatasetId): Promise<LoadedDataset>;
  /** Makes the user's own images the data set to train on; they are moved to the engine. The page gets its own copy. */
  openOwnDataset(dataset: OwnDataset): Promise<LoadedDataset>;
  /** Makes a new model with random weights, and drops the one before only when that worked. */
  createModel(config: ModelConfig, seed: number): Promise<ModelReport>;
  /** Brings back the model of the last visit, which saves itself while it trains; null where there is none. */
  restore(): Promise<RestoredModel | null>;
  /**
   * The model as it is now, as a file; a run under way makes it between two steps and goes on. A bundle takes the images
   * that the model learned, if they are given.
   */
  exportModel(form: ExportForm, images?: OwnDataset): Promise<ExportedModel>;
  /** Puts the model as it is now into the browser's storage, a run under way included, which goes on. */
  saveModel(): Promise<void>;
  /** What a file lacks of its model's config: null for nothing, else what its shapes tell. Rejects what is no model. */
  inspectModel(file: Blob): Promise<InferredConfig | null>;
  /**
   * Puts the model of a file in place of the one before, which stays, and trains on, where the file cannot be used. A
   * file without a config needs `missing`; of the user's own data sets it can name those of `own`.
   */
  importModel(file: Blob, own: readonly OwnDatasetId[], missing?: MissingConfig): Promise<ImportedModel>;
  /** Trains from where the model stands, until the step count is reached or pauseTraining. */
  train(settings: TrainingSettings, listen: (event: TrainingEvent) => void): Promise<TrainingEnd>;
  /**
   * Changes the settings of the current run from its next step on, target and preview included; does nothing without a run.
   * Rejects invalid ones: the run goes on with those before.
   */
  changeTraining(settings: TrainingSettings): Promise<void>;
  /** Ends the run under way, and that of a second model. */
  pauseTraining(): Promise<void>;
  /**
   * Trains a second model in turns of one step with the first, or alone where that has ended. `keep` gets it as a bundle while it
   * trains and at the end, and is waited for; the engine holds nothing of it afterwards.
   */
  trainSecond(
    begin: SecondBeginning,
    settings: TrainingSettings,
    listen: (event: TrainingEvent) => void,
    keep: KeepSecond,
  ): Promise<TrainingEnd>;
  /** Draws the preview of the current model as training does: `count` images NHWC in [−1, 1]. */
  drawPreview(settings: PreviewSettings): Promise<Float32Array>;
  /** Runs the reverse process; a run that is under way is stopped first. */
  sample(settings: SamplingSettings, listen: (step: SamplingStep) => void): Promise<SamplingEnd>;
  /** How much of the time sampling, previews and studies may take from training, 0 … 0.9, from the next step on. */
  setSamplingShare(share: number): Promise<void>;
  /** Whether training measures the health of the layers, a run under way included; off at first. */
  setHealth(on: boolean): Promise<void>;
  /** 'pause' holds before the next step, 'step' takes one and holds, 'run' goes on, 'stop' ends the run. */
  controlSampling(command: SamplingCommand): Promise<void>;
  /**
   * Asks a study by its name about a model, as it is at the start; training goes on meanwhile. `listen` hears how far it is, and
   * ends it early by returning false.
   */
  study<Asked extends AnyStudy>(
    name: string,
    source: ModelSource,
    request: RequestOf<Asked>,
    listen?: (report: ReportOf<Asked>) => unknown,
  ): Promise<ResultOf<Asked>>;
  /** What a study answered in advance about a model that ships; undefined where this request is not stored. Rejects without the file. */
  recall<Asked extends AnyStudy>(
    name: string,
    id: ShippedModelId,
    request: RequestOf<Asked>,
  ): Promise<StoredAnswer<Asked> | undefined>;
  /** Measures training steps of a model of this config made for it; the model in training is left alone. */
  profile(config: ModelConfig, batchSize: number): Promise<StepProfile>;
  /** Times steps of a new model of this config, in turns with stock tfjs if asked, and with another program. */
  measure(config: ModelConfig, options: MeasureOptions, rival?: Rival): Promise<StepMeasurement>;
  /** The fastest matrix product that this backend can do. */
  measurePeak(): Promise<MatmulPeak>;
}

/** A new model, or a bundle as it was kept. */
export type SecondBeginning = { config: ModelConfig; seed: number } | { bundle: Uint8Array };
export type KeepSecond = (bundle: Uint8Array, step: number) => unknown;

export interface StartOptions {
  /** Forces a backend; none means the best that works. */
  backend?: BackendName;
  /** See setSamplingShare; without it 0.1. */
  samplingShare?: number;
  /** Address of the folder that holds `data/` and `models/`, ending in a slash. */
  baseUrl: string;
}

/** A backend failed, and another goes on with the model as it was saved last. A run of training goes on by itself. */
export interface BackendChange {
  backend: BackendReport;
  /** Where the model stands now; null where there is none. */
  step: number | null;
  /** For the user. */
  message: string;
}

export interface ModelReport {
  config: ModelConfig;
  parameters: number;
  /** Its weights came from a plain model, which someone has trained though its step is 0. */
  imported?: boolean;
}

/** All that training goes on from, or weights alone. */
export type ExportForm = { kind: 'bundle' } | ({ kind: 'model' } & PlainModelForm);

export interface ExportedModel {
  bytes: Uint8Array;
  config: ModelConfig;
  /** What it learns; null where that is no data set of the page. */
  dataset: DatasetId | null;
  step: number;
  /** Mean of the last 100 losses that are known; null where there are none. */
  loss: number | null;
}

/** A model with its training so far. */
export interface RestoredModel extends ModelReport {
  step: number;
  /** ε loss of steps 1 … step. */
  losses: Float32Array;
  heldOutLosses: HeldOutLoss[];
  /** What it learns; null for the model of a file that names no data set of the page. */
  dataset: DatasetId | null;
  /** Where it learned data of someone's own: that may be deleted meanwhile, or not be here, where `dataset` is null. */
  ownFacts?: OwnFacts | undefined;
  /** Of its last run; null where it was never trained. */
  settings: TrainingSettings | null;
  /** Where what was saved last cannot be read, and this is what was saved before: what is wrong with it. */
  damage?: string;
}

export interface ImportedModel extends Omit<RestoredModel, 'settings'> {
  /** Of its last run, as far as the file tells. */
  settings: Partial<TrainingSettings> | null;
  /** The images that it learned, where they came with it and are not here yet: to be stored by the page. */
  images: OwnDataset | null;
  /** Whether the optimizer's state came with it. */
  withTraining: boolean;
  /** Which weights of the file were taken, and what was not read; null where there was no choice. */
  note: string | null;
  /** Sentences for the user: what was left out, or could not be saved. */
  notices: string[];
}

/**
 * A model that ships with the page, the user's own by its averaged or its raw weights, or a checkpoint. What an id stands for
 * never changes.
 */
export type ModelSource =
  | { shipped: ShippedModelId }
  | { own: 'ema' | 'raw' }
  | { stored: StoredModel; weights: 'ema' | 'raw' };

/** A checkpoint of this browser, with its file. */
export interface StoredModel {
  id: string;
  file: Blob;
}

export type TrainingEvent =
  | {
      kind: 'progress';
      /** Steps taken so far. */
      step: number;
      /** Loss of steps step − losses.length + 1 … step, by the weight of the settings. */
      losses: Float32Array;
      /** Unweighted mean squared error in equal intervals of t; NaN where there was no image yet. */
      lossByTime: Float32Array;
      stepsPerSecond: number;
      imagesPerSecond: number;
      secondsLeft: number;
      memory: MemoryReport;
    }
  | { kind: 'preview'; step: number; images: Float32Array; count: number }
  | ({ kind: 'heldOut' } & HeldOutLoss)
  /** Of the layers, and which share of the time since it was switched on measuring took. */
  | ({ kind: 'health'; share: number } & StepHealth)
  /** The browser's storage has the model as it was at `step`, `ago` milliseconds before. */
  | { kind: 'saved'; step: number; ago: number }
  /** What the user should know, though training goes on. */
  | { kind: 'notice'; message: string };

export interface MemoryReport {
  /** Live tensors, and the bytes they hold. */
  tensors: number;
  bytes: number;
}

export interface TrainingEnd {
  /** 'diverged': the loss became NaN or infinite, and the weights are back at `step`, the last at which all was well. */
  reason: 'paused' | 'finished' | 'diverged';
  step: number;
  /** For the user, where the reason needs one. */
  message?: string;
  /** Where it diverged: the learning rate to go on with. */
  lowerRate?: number;
}

/** One step of the reverse process: `count` images NHWC. The first one has index 0, t = T and x = x_T. */
export interface SamplingStep {
  index: number;
  /** Steps of the whole run. */
  total: number;
  /** The t of x after the step: −1 for the finished image. */
  t: number;
  x: Float32Array;
  /** x̂₀ and ε̂ that led here; at index 0 there are none yet. */
  x0: Float32Array | null;
  eps: Float32Array | null;
}

export type SamplingCommand = 'run' | 'pause' | 'step' | 'stop';

export interface SamplingEnd {
  reason: 'finished' | 'stopped';
  /** Time in the network, and in all, milliseconds. */
  milliseconds: number;
}
