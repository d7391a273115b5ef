import { parseModelConfig } from '../engine/unet/config';
import type { SamplingSettings } from '../settings/samplingSettings';
import type { TrainingSettings } from '../settings/settings';

/** A model of images 8×8×1, as the digits are: small, with two levels, dropout and T = 50. */
export const tinyConfig = parseModelConfig({
  image_channels: 1,
  image_size: 8,
  n_channels: 8,
  ch_mults: [1, 2],
  is_attn: [false, false],
  n_blocks: 1,
  n_steps: 50,
  n_groups: 4,
  n_final_groups: 4,
  dropout: 0.1,
});

export const tinyTraining: TrainingSettings = {
  batchSize: 8,
  learningRate: 2e-3,
  emaDecay: 0.99,
  steps: 40,
  preview: { count: 4, samplerSteps: 5, seed: 1 },
};

/** Three samples by all steps of the paper's sampler. */
export const tinySampling: SamplingSettings = {
  count: 3,
  seed: 7,
  sampler: 'ancestral',
  steps: 50,
  spacing: 'even',
  weights: 'ema',
};
