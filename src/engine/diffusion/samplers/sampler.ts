import type { Random } from '../../training/random';
import type { Diffusion } from '../diffusion';
import type { VarianceChoice } from '../reverse';

/** Where fresh noise comes from: standard normal numbers, as many as are asked for. */
export type NormalSource = Pick<Random, 'normal'>;

/** Predicts the noise: (x_t of all pictures, t) → ε̂ of the same length. Any source will do: a UNet, an exact score. */
export type Denoiser = (xt: Float32Array, t: number) => Promise<Float32Array>;

export interface SamplerSettings {
  diffusion: Diffusion;
  denoise: Denoiser;
  /** x_T, standard normal. */
  start: Float32Array;
  /** The t to visit, falling (see timesteps). */
  timesteps: number[];
  random: NormalSource;
  variance: VarianceChoice;
  /** η of DDIM: 0 is deterministic, 1 is ancestral with σ² = β̃. */
  eta: number;
  /** Whether x̂₀ is clipped to [−1, 1] before the mean is taken. */
  clipX0: boolean;
  /** The reference adds σz at t = 0 too; the paper does not. */
  noiseAtEnd: boolean;
}

/** One step that was taken: from x_t to x at `previous` (−1 is the picture itself), by these ε̂ and x̂₀. */
export interface SamplerStep {
  t: number;
  previous: number;
  eps: Float32Array;
  x0: Float32Array;
  x: Float32Array;
}

/** A sampler yields each step; whoever calls decides the pace, the drawing and when to stop. */
export type Sampler = (settings: SamplerSettings) => AsyncGenerator<SamplerStep, void, void>;

/** `count` timesteps spread evenly over 0 … T−1, from the last to the first; all of them for count ≥ T. */
export function timesteps(nSteps: number, count: number): number[] {
  if (count >= nSteps) return Array.from({ length: nSteps }, (_, i) => nSteps - 1 - i);
  if (count <= 1) return [nSteps - 1];
  return Array.from({ length: count }, (_, i) => Math.round(((nSteps - 1) * (count - 1 - i)) / (count - 1)));
}

/** Values limited to [−1, 1], the range of a picture. */
export function clipped(x: Float32Array): Float32Array {
  return x.map((value) => Math.max(-1, Math.min(1, value)));
}
