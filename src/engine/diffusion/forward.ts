import { alphaBarAt, type Diffusion } from './diffusion';

/** x_t = √ᾱ_t x₀ + √(1−ᾱ_t) ε, a draw of q(x_t | x₀) (Ho et al. 2020, eq. 4); t = −1 gives x₀ itself. */
export function qSample(
  diffusion: Diffusion,
  x0: Float32Array,
  t: number,
  noise: Float32Array,
): Float32Array {
  const alphaBar = alphaBarAt(diffusion, t);
  return weightedSum(Math.sqrt(alphaBar), x0, Math.sqrt(1 - alphaBar), noise);
}

/** x_t = √(1−β_t) x_{t−1} + √β_t ε, one step q(x_t | x_{t−1}) (eq. 2). */
export function qStep(
  diffusion: Diffusion,
  previous: Float32Array,
  t: number,
  noise: Float32Array,
): Float32Array {
  const beta = diffusion.betas[t] as number;
  return weightedSum(Math.sqrt(1 - beta), previous, Math.sqrt(beta), noise);
}

/** a·x + b·y, element by element. */
export function weightedSum(a: number, x: Float32Array, b: number, y: Float32Array): Float32Array {
  return x.map((value, i) => a * value + b * (y[i] as number));
}
