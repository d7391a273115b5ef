import { alphaBarAt } from '../diffusion';
import { weightedSum } from '../forward';
import { predictX0 } from '../reverse';
import { implicitTerms } from './ddim';
import type { SamplerDefinition } from './definition';
import { guess } from './guess';
import type { Sampler } from './sampler';

/**
 * Heun's method on the probability-flow ODE dx̄/dσ̄ = ε(x, t) of x̄ = x/√ᾱ and σ̄ = √((1−ᾱ)/ᾱ) (Karras et al. 2022,
 * algorithm 1): from t to s by the mean of ε̂ at both ends. Two network evaluations a step, one in the last.
 */
export const heun: Sampler = async function* (settings) {
  const { diffusion, timesteps } = settings;
  let x = settings.start;
  for (const [i, t] of timesteps.entries()) {
    const previous = timesteps[i + 1] ?? -1;
    let { eps, x0 } = await guess(settings, x, t);
    const alphaBar = alphaBarAt(diffusion, previous);
    /** Where a straight line of slope ε̂ from x_t ends: √ᾱ_s x̂₀ + √(1−ᾱ_s) ε̂, the step of DDIM. */
    const end = () => weightedSum(Math.sqrt(alphaBar), x0, Math.sqrt(1 - alphaBar), eps);
    if (previous >= 0) {
      const there = await guess(settings, end(), previous);
      eps = weightedSum(0.5, eps, 0.5, there.eps);
      x0 = predictX0(diffusion, x, t, eps);
    }
    x = end();
    yield { t, previous, eps, x0, x };
  }
};

export const definition: SamplerDefinition = {
  title: 'Heun',
  description: 'Second order on the probability-flow ODE: two network evaluations a step, deterministic.',
  sampler: heun,
  options: [],
  defaults: { steps: 20, spacing: 'logSnr' },
  evaluations: (steps) => 2 * steps - 1,
  order: 2,
  // A straight line as in DDIM, along the mean of both ε̂.
  terms: (diffusion, { previous }) => implicitTerms(diffusion, previous, 0),
};
