import type { DatasetId } from '../engine/data/datasets';
import type { LossWeighting } from '../engine/diffusion/lossWeights/lossWeights';
import type { ModelConfig } from '../engine/unet/config';

export interface TrainingSettings extends LossWeighting {
  batchSize: number;
  learningRate: number;
  /** d of the moving average of the weights, 0 ≤ d < 1. */
  emaDecay: number;
  /** p_uncond of a model with classes: the share of images whose class is hidden; 0.1 where it is left out. */
  classDropout?: number;
  /** How t is drawn: an id of timeSamplings, 'uniform' where it is left out. */
  timeSampling?: string | undefined;
  /** Whether t is drawn as a real number; that of a flow always is. */
  continuousTime?: boolean | undefined;
  /** Stop when this many steps were taken since the model was made. */
  steps: number;
  preview: PreviewSettings;
}

/**
 * The grid of samples from the EMA weights that is drawn repeatedly during training, within sampling's share of the time.
 * A model with classes draws them in turn, unguided.
 */
export interface PreviewSettings {
  count: number;
  /** Steps of the DDIM sampler, fewer being faster. */
  samplerSteps: number;
  seed: number;
}

/** All that can be chosen for a training run on one data set. */
export interface Settings {
  /** Of the next new model; a trained one keeps its own. */
  model: ModelConfig;
  /** Takes effect at the next step, a run under way included. */
  training: TrainingSettings;
  /** Decides the first weights of a new model, its batches, t and ε. */
  seed: number;
}

/** Data sets have settings of their own, kept while another one is chosen. */
export type KeptSettings = Partial<Record<DatasetId, Settings>>;
