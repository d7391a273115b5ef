import { alphaBarAt, type Diffusion } from '../diffusion';
import { weightedSum } from '../forward';
import { guess } from './guess';
import type { Sampler } from './sampler';

/** Weights of x_t, x̂₀, and the x̂₀ of the step before in x_s. */
export interface MultistepWeights {
  xt: number;
  x0: number;
  x0Before: number;
}

/** λ_t = ½ log(ᾱ_t / (1−ᾱ_t)), half the logarithm of the signal-to-noise ratio. */
export function halfLogSnr(diffusion: Diffusion, t: number): number {
  const alphaBar = alphaBarAt(diffusion, t);
  return Math.log(alphaBar / (1 - alphaBar)) / 2;
}

/**
 * A step of DPM-Solver++(2M) from t to s (Lu et al. 2022, algorithm 2), h = λ_s − λ_t:
 * x_s = (σ_s/σ_t) x_t + √ᾱ_s (1 − e^−h) D, where D = (1 + 1/2r) x̂₀ − 1/2r x̂₀' and r = h'/h of the step before (`before`
 * its t). The first step and the one to the picture have D = x̂₀.
 */
export function multistepWeights(
  diffusion: Diffusion,
  t: number,
  s: number,
  before?: number,
): MultistepWeights {
  if (s < 0) return { xt: 0, x0: 1, x0Before: 0 };
  const lambda = halfLogSnr(diffusion, t);
  const h = halfLogSnr(diffusion, s) - lambda;
  const spread = (at: number) => Math.sqrt(1 - alphaBarAt(diffusion, at));
  const toX0 = -Math.sqrt(alphaBarAt(diffusion, s)) * Math.expm1(-h);
  const back = before === undefined ? 0 : h / (2 * (lambda - halfLogSnr(diffusion, before)));
  return { xt: spread(s) / spread(t), x0: toX0 * (1 + back), x0Before: -toX0 * back };
}

/** DPM-Solver++(2M): the probability-flow ODE in λ, of second order, with one call of the network a step. */
export const dpmSolver: Sampler = async function* (settings) {
  const { diffusion, timesteps } = settings;
  let x = settings.start;
  let last: Float32Array | undefined;
  for (const [i, t] of timesteps.entries()) {
    const previous = timesteps[i + 1] ?? -1;
    const { eps, x0 } = await guess(settings, x, t);
    const weights = multistepWeights(diffusion, t, previous, timesteps[i - 1]);
    x = weightedSum(weights.xt, x, weights.x0, x0);
    if (last && weights.x0Before !== 0) x = weightedSum(1, x, weights.x0Before, last);
    last = x0;
    yield { t, previous, eps, x0, x };
  }
};
