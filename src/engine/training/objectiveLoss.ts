import * as tf from '@tensorflow/tfjs';
import { alphaBarAt, type Diffusion } from '../diffusion/diffusion';
import { objectiveOf } from '../diffusion/objectives/objectives';
import type { Operations } from '../kernels/operations';
import type { ModelConfig } from '../unet/config';
import { unet } from '../unet/unet';
import type { Weights } from '../unet/weights';

/** What one training step is about: pictures NHWC in [−1, 1], a t and a noise for each. */
export interface NoisedBatch {
  images: tf.Tensor4D;
  noise: tf.Tensor4D;
  t: Int32Array;
  labels?: ArrayLike<number> | undefined;
  dropoutSeed?: number | undefined;
  /** Weight of each picture's squared error; 1 for all where it is left out. */
  weight?: ArrayLike<number> | undefined;
}

/**
 * L_simple = mean (target − f_θ(√ᾱ_t x₀ + √(1−ᾱ_t) ε, t))² (Ho et al. 2020, eq. 14; the target is ε there), each picture by
 * its weight: the shares `[N]` of the pictures, whose sum is the loss.
 */
export function objectiveLoss(
  config: ModelConfig,
  diffusion: Diffusion,
  operations: Operations,
  weights: Weights,
  { images, noise, t, labels, dropoutSeed, weight }: NoisedBatch,
): tf.Tensor1D {
  const signal = Array.from(t, (step) => Math.sqrt(alphaBarAt(diffusion, step)));
  const spread = Array.from(t, (step) => Math.sqrt(1 - alphaBarAt(diffusion, step)));
  const { combine, squaredError } = operations;
  const x = combine(images, tf.tensor1d(signal), noise, tf.tensor1d(spread));
  const prediction = unet(config, operations, weights, { x, t, labels, dropoutSeed });
  return squaredError(
    prediction,
    target(config.objective, images, noise, signal, spread, combine),
    weight ? tf.tensor1d(Array.from(weight)) : tf.ones([t.length]),
  );
}

function target(
  objective: string,
  images: tf.Tensor4D,
  noise: tf.Tensor4D,
  signal: number[],
  spread: number[],
  combine: Operations['combine'],
): tf.Tensor4D {
  if (objective === 'epsilon') return noise;
  const pairs = signal.map((s, i) => objectiveOf(objective).target(s, spread[i] as number));
  const column = (which: 0 | 1) => tf.tensor1d(pairs.map((pair) => pair[which]));
  return combine(images, column(0), noise, column(1));
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
