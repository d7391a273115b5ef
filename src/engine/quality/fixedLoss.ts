import type * as tf from '@tensorflow/tfjs';
import { drawDistinct, pick } from '../data/batches';
import type { Dataset } from '../data/dataset';
import type { Diffusion } from '../diffusion/diffusion';
import type { Operations } from '../kernels/operations';
import { feed } from '../kernels/replay/feed';
import { repeatedOf } from '../kernels/replay/kept';
import { objectiveLoss, sumOf } from '../training/objectiveLoss';
import { Random } from '../training/random';
import type { ModelConfig } from '../unet/config';
import type { Weights } from '../unet/weights';

/** Images NHWC with a t and a noise for each that stay the same, so that two losses differ by the weights alone. */
export interface FixedBatch {
  images: Float32Array;
  noise: Float32Array;
  t: Int32Array;
  labels: Uint8Array;
  /** Weight of each image's squared error; 1 for all where it is left out. */
  weight?: Float32Array | undefined;
}

/** Images in the network at a time. */
const PART = 64;

/**
 * `count` images of a data set, or all of them where it has fewer. The t are spread evenly over 0 … T − 1, one in each
 * of as many equal parts, so that no part of the process is left to chance.
 */
export function fixedBatch(dataset: Dataset, nSteps: number, count: number, seed: number): FixedBatch {
  const random = new Random(seed);
  const size = Math.min(count, dataset.count);
  const { images, labels } = pick(dataset, drawDistinct(random, size, dataset.count));
  const t = Int32Array.from({ length: size }, (_, i) => Math.floor(((i + random.uniform()) * nSteps) / size));
  return { images, labels, t, noise: random.normal(images.length) };
}

/** The loss of the weights on a fixed batch, without dropout: the mean squared error of what the model predicts, each by its weight. */
export async function fixedLoss(
  config: ModelConfig,
  diffusion: Diffusion,
  operations: Operations,
  weights: Weights,
  { images, noise, t, labels, weight }: FixedBatch,
): Promise<number> {
  const { imageSize: size, imageChannels: channels } = config;
  const length = size * size * channels;
  let sum = 0;
  for (let begin = 0; begin < t.length; begin += PART) {
    const end = Math.min(begin + PART, t.length);
    const count = end - begin;
    const shape: tf.ShapeMap[tf.Rank.R4] = [count, size, size, channels];
    const work = (part: FixedBatch) =>
      objectiveLoss(config, diffusion, operations, weights, {
        images: feed<tf.Rank.R4>(() => part.images, shape),
        noise: feed<tf.Rank.R4>(() => part.noise, shape),
        t: () => part.t,
        labels: () => part.labels,
        weight: () => part.weight ?? new Float32Array(count).fill(1),
      });
    const shares = await repeatedOf(weights, `loss of ${count}`, operations, [config, diffusion], work).run({
      images: images.subarray(begin * length, end * length),
      noise: noise.subarray(begin * length, end * length),
      t: t.subarray(begin, end),
      labels: labels.subarray(begin, end),
      weight: weight?.subarray(begin, end),
    });
    sum += sumOf(shares) * count;
  }
  return sum / t.length;
}
