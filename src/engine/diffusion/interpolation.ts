import { alphaBarAt, type Diffusion } from './diffusion';
import { qSample, weightedSum } from './forward';
import { type ReverseChoices, reverseFrom } from './partialReverse';
import type { NormalSource, Sampler, SamplerStep } from './samplers/sampler';

/** How two noisy images are mixed: along the line between them, or along the arc (slerp). */
export type Blend = 'linear' | 'spherical';

/** Whether both images get the same noise, or each its own. */
export type PairNoise = 'same' | 'own';

/** Two images at the same t. */
export interface NoisyPair {
  xt: Float32Array;
  xtPrime: Float32Array;
}

/** Weights of x_t and x′_t in x̄_t. */
export interface BlendWeights {
  from: number;
  to: number;
}

/** x_t and x′_t, both by q(x_t | x₀). Draws noise for two in any case: what `random` gives next does not depend on the choice. */
export function noisyPair(
  diffusion: Diffusion,
  [x0, x0Prime]: readonly [Float32Array, Float32Array],
  t: number,
  noise: PairNoise,
  random: NormalSource,
): NoisyPair {
  const first = random.normal(x0.length);
  const second = random.normal(x0.length);
  return {
    xt: qSample(diffusion, x0, t, first),
    xtPrime: qSample(diffusion, x0Prime, t, noise === 'same' ? first : second),
  };
}

/**
 * Linear: 1−λ and λ (Ho et al. 2020, §4.3). Spherical: sin((1−λ)Ω)/sin Ω and sin(λΩ)/sin Ω, where Ω is the angle
 * between both (Shoemake 1985); those of the line where the angle is 0 or π, which leaves no arc or too many.
 */
export function blendWeights(blend: Blend, { xt, xtPrime }: NoisyPair, lambda: number): BlendWeights {
  const angle = blend === 'spherical' ? angleBetween(xt, xtPrime) : 0;
  const sine = Math.sin(angle);
  if (sine < 1e-4) return { from: 1 - lambda, to: lambda };
  return { from: Math.sin((1 - lambda) * angle) / sine, to: Math.sin(lambda * angle) / sine };
}

/** The angle between two vectors, 0 … π; 0 where one of them is 0. */
export function angleBetween(x: Float32Array, y: Float32Array): number {
  const norms = Math.sqrt(dot(x, x) * dot(y, y));
  return norms > 0 ? Math.acos(Math.max(-1, Math.min(1, dot(x, y) / norms))) : 0;
}

/** Variance of the noise in x̄_t: 1−ᾱ_t at the ends, less between where each image has noise of its own. */
export function blendedNoiseVariance(
  diffusion: Diffusion,
  t: number,
  { from, to }: BlendWeights,
  noise: PairNoise,
): number {
  return (1 - alphaBarAt(diffusion, t)) * (noise === 'same' ? (from + to) ** 2 : from ** 2 + to ** 2);
}

/** x̄_t = from · x_t + to · x′_t. */
export function blended(blend: Blend, pair: NoisyPair, lambda: number): Float32Array {
  const { from, to } = blendWeights(blend, pair, lambda);
  return weightedSum(from, pair.xt, to, pair.xtPrime);
}

export interface InterpolationSettings extends ReverseChoices {
  sampler: Sampler;
  pair: NoisyPair;
  /** Of the pair; −1 leaves nothing to denoise. */
  t: number;
  /** How many of the steps t … 0 to take. */
  steps: number;
  blend: Blend;
  /** Each 0 … 1: an image each, all in one batch. */
  lambdas: readonly number[];
}

/** Denoises x̄_t for every λ. All get the same fresh noise, as they would one by one: between them λ alone differs. */
export function interpolation(settings: InterpolationSettings): AsyncGenerator<SamplerStep, void, void> {
  const { sampler, pair, t, steps, blend, lambdas, random, ...choices } = settings;
  const start = joined(lambdas.map((lambda) => blended(blend, pair, lambda)));
  return reverseFrom(sampler, start, t, steps, { ...choices, random: sharedNoise(random, lambdas.length) });
}

/** Noise for a batch of `images` in which every image gets the same. */
export function sharedNoise(random: NormalSource, images: number): NormalSource {
  return {
    normal: (count) => joined(new Array<Float32Array>(images).fill(random.normal(count / images))),
  };
}

/** Arrays of one length, one after the other. */
export function joined(parts: readonly Float32Array[]): Float32Array {
  const length = parts[0]?.length ?? 0;
  const all = new Float32Array(parts.length * length);
  for (const [i, part] of parts.entries()) all.set(part, i * length);
  return all;
}

function dot(x: Float32Array, y: Float32Array): number {
  return x.reduce((sum, value, i) => sum + value * (y[i] as number), 0);
}
