import * as tf from '@tensorflow/tfjs';
import type { Diffusion } from '../diffusion/diffusion';
import { hybridFactors } from '../diffusion/learnedVariance';
import { noiseLevel, objectiveOf } from '../diffusion/objectives/objectives';
import type { Operations } from '../kernels/operations';
import { feed } from '../kernels/replay/feed';
import { type Live, now } from '../kernels/replay/live';
import type { ModelConfig } from '../unet/config';
import { unet } from '../unet/unet';
import type { Weights } from '../unet/weights';

/** What one training step is about: images NHWC in [−1, 1], a noise for each, and the time at which the network is asked. */
export interface NoisedBatch {
  images: tf.Tensor4D;
  noise: tf.Tensor4D;
  t: Live<ArrayLike<number>>;
  labels?: Live<ArrayLike<number>> | undefined;
  dropoutSeed?: Live<number> | undefined;
  /** Weight of each image's squared error; 1 for all where it is left out. */
  weight?: Live<ArrayLike<number>> | undefined;
  /** With it a learned variance gets its term of the bound, else it is left as it is. */
  bound?: Live<BoundWeighting> | undefined;
}

/** How the bound counts in L_hybrid. */
export interface BoundWeighting {
  /** Values that a pixel can have. */
  levels: number;
  /** Weight of each image's term. */
  weight: ArrayLike<number>;
}

/**
 * L_simple = mean (target − f_θ(√ᾱ_t x₀ + √(1−ᾱ_t) ε, t))² (Ho et al. 2020, eq. 14; the target is ε there), or of a flow
 * mean (ε − x₀ − f_θ((1−s) x₀ + s ε, T·s))² (Lipman et al. 2023), each image by its weight: the shares `[N]` of the images,
 * whose sum is the loss. With a learned variance L_hybrid = L_simple + λ L_vlb (Nichol & Dhariwal 2021, eq. 16).
 */
export function objectiveLoss(
  config: ModelConfig,
  diffusion: Diffusion,
  operations: Operations,
  weights: Weights,
  { images, noise, t, labels, dropoutSeed, weight, bound }: NoisedBatch,
): tf.Tensor1D {
  const count = images.shape[0];
  const { objective } = config;
  /** A number for each image, from what its time makes of signal and noise. */
  const column = (of: (signal: number, spread: number) => number) =>
    feed<tf.Rank.R1>(
      () =>
        Float32Array.from(now(t), (time) => {
          const { signal, spread } = noiseLevel(objective, diffusion, time);
          return of(signal, spread);
        }),
      [count],
    );
  const mixture = (of: (signal: number, spread: number) => readonly [number, number]) =>
    operations.combine(
      images,
      column((...at) => of(...at)[0]),
      noise,
      column((...at) => of(...at)[1]),
    );
  const x = mixture((signal, spread) => [signal, spread]);
  const prediction = unet(config, operations, weights, { x, t, labels, dropoutSeed });
  const target = objective === 'epsilon' ? noise : mixture(objectiveOf(objective).target);
  const counted = weight ?? new Float32Array(count).fill(1);
  if (config.learnedVariance) {
    const factors = () => {
      const [times, weights] = [now(t), now(counted)];
      const asked = bound && now(bound);
      const of = (n: number) => ({
        weight: weights[n] as number,
        bound: (asked?.weight[n] as number | undefined) ?? 0,
        levels: asked?.levels ?? 2,
      });
      return Float32Array.from(
        Array.from({ length: count }, (_, n) =>
          hybridFactors(diffusion, objective, times[n] as number, of(n)),
        ).flat(),
      );
    };
    return operations.hybridError(prediction, target, images, feed<tf.Rank.R2>(factors, [count, 6]));
  }
  return operations.squaredError(
    prediction,
    target,
    feed<tf.Rank.R1>(() => Float32Array.from(now(counted)), [count]),
  );
}

/**
 * The shares of a loss, and the gradient of their sum for every layer that has one. The caller disposes of both; where it
 * throws, nothing is left.
 */
export function lossAndGradients(
  weights: Weights,
  trainedLayers: string[],
  loss: () => tf.Tensor1D,
): { shares: tf.Tensor1D; gradients: Map<string, tf.Tensor2D> } {
  const inputs = trainedLayers.map((name) => weights.get(name) as tf.Tensor2D);
  // The gradient of what is no scalar is that of its sum.
  const { value, grads } = gradientsOf(loss, inputs);
  return {
    shares: value,
    gradients: new Map(trainedLayers.map((name, i) => [name, grads[i] as tf.Tensor2D])),
  };
}

/** The loss of shares that were read. */
export function sumOf(shares: ArrayLike<number>): number {
  let sum = 0;
  for (let n = 0; n < shares.length; n++) sum += shares[n] as number;
  return sum;
}

function gradientsOf(loss: () => tf.Tensor1D, inputs: tf.Tensor[]) {
  const engine = tf.engine();
  try {
    return engine.gradients(loss, inputs);
  } catch (error) {
    // tfjs gives up what operations keep for their gradients only at the end of a step that succeeds.
    for (const { saved } of engine.state.activeTape ?? []) tf.dispose(saved ?? []);
    engine.state.activeTape = [];
    throw error;
  }
}
