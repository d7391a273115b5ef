import type * as tf from '@tensorflow/tfjs';
import type { AdamEmaSettings, Operations } from '../kernels/operations';
import { feed } from '../kernels/replay/feed';
import { repeatedOf } from '../kernels/replay/kept';
import { type BoundWeighting, lossAndGradients, objectiveLoss } from './objectiveLoss';
import { adamUpdates, type TrainingState, trainedLayers } from './trainingState';

/** What a step of training gets from the host: all that was drawn, and the settings. */
export interface StepInput extends AdamEmaSettings {
  /** `[N,H,W,C]`, in [−1, 1]; and the noise for them. */
  images: Float32Array;
  noise: Float32Array;
  /** Time of each image. */
  t: ArrayLike<number>;
  /** Class of each image, −1 for none; of a conditional model. */
  labels: ArrayLike<number>;
  /** Counts where the config has dropout. */
  dropoutSeed: number;
  /** Weight of each image's squared error. */
  weight: Float32Array;
  /** Counts where the variance is learned. */
  bound: BoundWeighting;
}

/**
 * What a step of training computes on the backend: the gradient of the loss, then Adam and EMA in place. Resolves with the
 * shares of the loss, one for each image.
 */
export function gradientStep(
  state: TrainingState,
  operations: Operations,
  input: StepInput,
): Promise<Float32Array> {
  const { config, diffusion, weights } = state;
  const count = input.t.length;
  const shape: tf.ShapeMap[tf.Rank.R4] = [count, config.imageSize, config.imageSize, config.imageChannels];
  const work = (given: StepInput) => {
    const batch = {
      images: feed<tf.Rank.R4>(() => given.images, shape),
      noise: feed<tf.Rank.R4>(() => given.noise, shape),
      t: () => given.t,
      labels: () => given.labels,
      dropoutSeed: () => given.dropoutSeed,
      weight: () => given.weight,
      bound: () => given.bound,
    };
    const { shares, gradients } = lossAndGradients(weights, trainedLayers(config), () =>
      objectiveLoss(config, diffusion, operations, weights, batch),
    );
    operations.adamEma(adamUpdates(state, gradients), given);
    return shares;
  };
  return repeatedOf(weights, `training step of ${count}`, operations, [config, diffusion], work).run(input);
}
