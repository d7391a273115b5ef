import type * as tf from '@tensorflow/tfjs';
import type { Diffusion } from '../diffusion/diffusion';
import { alphaBarAt } from '../diffusion/diffusion';
import { weightedSum } from '../diffusion/forward';
import { type ClassDenoiser, type Condition, guidedDenoiser } from '../diffusion/guidance';
import { networkInput, objectiveOf } from '../diffusion/objectives/objectives';
import type { Denoiser } from '../diffusion/samplers/sampler';
import type { Operations } from '../kernels/operations';
import { feed } from '../kernels/replay/feed';
import { repeatedOf } from '../kernels/replay/kept';
import { Repeated } from '../kernels/replay/repeated';
import type { ModelConfig } from './config';
import type { ForwardHooks } from './hooks';
import { unet } from './unet';
import type { Weights } from './weights';

/**
 * The network as a Denoiser: ε̂ for NHWC images that are all at the same t, which may be real, whatever the model's objective
 * is. With conditions, one per image, it is told classes and guided by them; without, of no class.
 */
export function unetDenoiser(
  config: ModelConfig,
  diffusion: Diffusion,
  operations: Operations,
  weights: Weights,
  conditions?: readonly Condition[],
  hooks?: ForwardHooks,
): Denoiser {
  const denoise = unetClassDenoiser(config, diffusion, operations, weights, hooks);
  return conditions ? guidedDenoiser(denoise, conditions) : (xt, t, v) => denoise(xt, t, undefined, v);
}

/** The network as a denoiser that is told classes; without labels, of none. */
export function unetClassDenoiser(
  config: ModelConfig,
  diffusion: Diffusion,
  operations: Operations,
  weights: Weights,
  hooks?: ForwardHooks,
): (xt: Float32Array, t: number, labels?: readonly number[], v?: Float32Array) => ReturnType<ClassDenoiser> {
  const { toEps } = objectiveOf(config.objective);
  return async (xt, t, labels, v) => {
    const { scale, time } = networkInput(config.objective, diffusion, t);
    const input = scale === 1 ? xt : xt.map((value) => scale * value);
    const output = await predict(config, operations, weights, input, time, labels, hooks);
    const prediction = config.learnedVariance ? withoutVariance(output, config.imageChannels, v) : output;
    if (config.objective === 'epsilon') return prediction;
    const alphaBar = alphaBarAt(diffusion, t);
    const [ofX, ofPrediction] = toEps(Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar));
    return weightedSum(ofX, xt, ofPrediction, prediction);
  };
}

/** The prediction of an output that has v in as many channels more; v goes into the array, where there is one. */
function withoutVariance(output: Float32Array, channels: number, v: Float32Array | undefined): Float32Array {
  const prediction = new Float32Array(output.length / 2);
  for (let i = 0; i < prediction.length; i++) {
    const at = 2 * i - (i % channels);
    prediction[i] = output[at] as number;
    if (v) v[i] = output[at + channels] as number;
  }
  return prediction;
}

/** f_θ(x, time, c) for NHWC images, as unet gives it. */
function predict(
  config: ModelConfig,
  operations: Operations,
  weights: Weights,
  input: Float32Array,
  time: number,
  labels: readonly number[] | undefined,
  hooks: ForwardHooks | undefined,
): Promise<Float32Array> {
  const { imageSize: size, imageChannels: channels } = config;
  const count = input.length / (size * size * channels);
  const work = (given: { input: Float32Array; time: number; labels: readonly number[] | undefined }) =>
    unet(config, operations, weights, {
      x: feed<tf.Rank.R4>(() => given.input, [count, size, size, channels]),
      t: () => new Float64Array(count).fill(given.time),
      labels: () => given.labels ?? new Int32Array(count).fill(-1),
      hooks,
    });
  // Hooks want to see the tensors of every run.
  const repeated = hooks
    ? new Repeated(operations, work)
    : repeatedOf(weights, `prediction of ${count}`, operations, [config], work);
  return repeated.run({ input, time, labels });
}
