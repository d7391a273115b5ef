import type { DatasetId } from '../engine/data/datasets';
import type { ModelConfig } from '../engine/unet/config';
import type { PreviewSettings, TrainingSettings } from '../worker/protocol';

/** All that can be chosen for a training run on one data set. */
export interface Settings {
  /** Of the next new model; a trained one keeps its own. */
  model: ModelConfig;
  /** Heeded at the next step, a run under way included. */
  training: TrainingSettings;
  /** Decides the first weights of a new model, its batches, t and ε. */
  seed: number;
}

/** Data sets have settings of their own, kept while another one is chosen. */
export type KeptSettings = Partial<Record<DatasetId, Settings>>;

/** A control of the train panel. */
export type SettingField =
  | Exclude<keyof ModelConfig, 'imageSize' | 'imageChannels'>
  | Exclude<keyof TrainingSettings, 'preview'>
  | `preview.${keyof PreviewSettings}`
  | 'seed';

/** What the page calls each control. */
export const settingTitles: Record<SettingField, string> = {
  nSteps: 'Diffusion steps',
  schedule: 'Schedule',
  objective: 'Prediction',
  nChannels: 'Channels',
  chMults: 'Multipliers',
  isAttn: 'Attention',
  nBlocks: 'Blocks',
  nGroups: 'Groups',
  nFinalGroups: 'Final groups',
  dropout: 'Dropout',
  nClasses: 'Learn the classes',
  batchSize: 'Batch',
  learningRate: 'Learning rate',
  emaDecay: 'EMA decay',
  classDropout: 'Class dropout',
  lossWeight: 'Loss weight',
  snrGamma: 'Largest SNR',
  steps: 'Training steps',
  'preview.count': 'Samples',
  'preview.samplerSteps': 'Sampler steps',
  'preview.seed': 'Seed of the noise',
  seed: 'Seed',
};
