import type { RandomState } from '../training/random';
import type { ModelConfig } from '../unet/config';
import type { StateDict } from '../unet/weights';

/** All that a file knows of a model, as plain arrays: no tensor of a backend is made yet. */
export interface Checkpoint {
  config: ModelConfig;
  /** The weights in training. */
  weights: StateDict;
  /** Their moving average; a plain model file has only one set, which serves as both. */
  ema: StateDict;
  /** What training goes on from; none in a plain model file. */
  training: CheckpointTraining | undefined;
}

export interface CheckpointTraining {
  /** Adam's first and second moments. */
  m: StateDict;
  v: StateDict;
  random: RandomState;
  /** Steps taken so far. */
  step: number;
  /** The loss of past steps, as far as it was kept. */
  losses: Float32Array;
  /** Whatever else the program that saved it wants back: JSON. */
  extra: unknown;
}
