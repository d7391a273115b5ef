import type { Random } from '../../training/random';
import type { Diffusion } from '../diffusion';
import type { VarianceChoice } from '../reverse';

/** Where fresh noise comes from: standard normal numbers, as many as are asked for. */
export type NormalSource = Pick<Random, 'normal'>;

/**
 * Predicts the noise: (x_t of all images, t) → ε̂ of the same length. Any source will do: a U-Net, an exact score. One that
 * has learned its variance writes v into the array, where it is given one; see learnedVariance.
 */
export type Denoiser = (xt: Float32Array, t: number, v?: Float32Array) => Promise<Float32Array>;

/** What a sampler may leave to choose. */
export interface SamplerOptions {
  /** σ² of a step of DDPM. */
  variance: VarianceChoice;
  /** η of DDIM: 0 is deterministic, 1 is ancestral with σ² = β̃. */
  eta: number;
  /** Whether x̂₀ is clipped to [−1, 1] before the mean is taken. */
  clipX0: boolean;
  /** The reference adds σz at t = 0 too; the paper does not. */
  noiseAtEnd: boolean;
}

/** The options as the paper has them; those that a caller leaves out are as here. */
export const defaultOptions: SamplerOptions = {
  variance: 'beta',
  eta: 0,
  clipX0: true,
  noiseAtEnd: false,
};

export interface SamplerSettings extends Partial<SamplerOptions> {
  diffusion: Diffusion;
  denoise: Denoiser;
  /** x_T, standard normal. */
  start: Float32Array;
  /** The t to visit, falling (see spacedTimesteps). */
  timesteps: number[];
  random: NormalSource;
}

/** One step that was taken: from x_t to x at `previous` (−1 is the image itself), by these ε̂ and x̂₀. */
export interface SamplerStep {
  t: number;
  previous: number;
  eps: Float32Array;
  x0: Float32Array;
  x: Float32Array;
}

/** A sampler yields each step; its caller decides the pace and when to stop. */
export type Sampler = (settings: SamplerSettings) => AsyncGenerator<SamplerStep, void, void>;

/** Values limited to [−1, 1], the range of an image. */
export function clipped(x: Float32Array): Float32Array {
  return x.map((value) => Math.max(-1, Math.min(1, value)));
}
