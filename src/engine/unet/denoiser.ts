import * as tf from '@tensorflow/tfjs';
import type { Diffusion } from '../diffusion/diffusion';
import { alphaBarAt } from '../diffusion/diffusion';
import { weightedSum } from '../diffusion/forward';
import { type ClassDenoiser, type Condition, guidedDenoiser } from '../diffusion/guidance';
import { objectiveOf } from '../diffusion/objectives/objectives';
import type { Denoiser } from '../diffusion/samplers/sampler';
import type { Operations } from '../kernels/operations';
import type { ModelConfig } from './config';
import { unet } from './unet';
import type { Weights } from './weights';

/**
 * The network as a Denoiser: ε̂ for NHWC pictures that are all at the same t, whatever the model's objective is. With
 * conditions, one a picture, it is told classes and guided by them; without, of no class.
 */
export function unetDenoiser(
  config: ModelConfig,
  diffusion: Diffusion,
  operations: Operations,
  weights: Weights,
  conditions?: readonly Condition[],
): Denoiser {
  const denoise = unetClassDenoiser(config, diffusion, operations, weights);
  return conditions ? guidedDenoiser(denoise, conditions) : (xt, t) => denoise(xt, t);
}

/** The network as a denoiser that is told classes; without labels, of none. */
export function unetClassDenoiser(
  config: ModelConfig,
  diffusion: Diffusion,
  operations: Operations,
  weights: Weights,
): (...args: [...Parameters<Denoiser>, labels?: readonly number[]]) => ReturnType<ClassDenoiser> {
  const { toEps } = objectiveOf(config.objective);
  return async (xt, t, labels) => {
    const prediction = await predict(config, operations, weights, xt, t, labels);
    if (config.objective === 'epsilon') return prediction;
    const alphaBar = alphaBarAt(diffusion, t);
    const [ofX, ofPrediction] = toEps(Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar));
    return weightedSum(ofX, xt, ofPrediction, prediction);
  };
}

/** f_θ(x_t, t, c) for NHWC pictures: a value of x's shape. */
async function predict(
  config: ModelConfig,
  operations: Operations,
  weights: Weights,
  xt: Float32Array,
  t: number,
  labels: readonly number[] | undefined,
): Promise<Float32Array> {
  const { imageSize: size, imageChannels: channels } = config;
  const pictures = xt.length / (size * size * channels);
  const prediction = tf.tidy(() => {
    const x = tf.tensor4d(xt, [pictures, size, size, channels]);
    return unet(config, operations, weights, { x, t: new Int32Array(pictures).fill(t), labels });
  });
  const values = await prediction.data();
  prediction.dispose();
  return values as Float32Array;
}
