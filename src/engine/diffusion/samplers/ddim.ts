import { alphaBarAt } from '../diffusion';
import { weightedSum } from '../forward';
import { posterior } from '../posterior';
import { guess } from './guess';
import type { Sampler } from './sampler';

/** DDIM (Song et al. 2021, eq. 12): x_s = √ᾱ_s x̂₀ + √(1−ᾱ_s−σ²) ε̂ + σz, with σ² = η² β̃ of the jump. */
export const ddim: Sampler = async function* (settings) {
  const { diffusion, timesteps, random, eta } = settings;
  let x = settings.start;
  for (const [i, t] of timesteps.entries()) {
    const previous = timesteps[i + 1] ?? -1;
    const { eps, x0 } = await guess(settings, x, t);
    const before = alphaBarAt(diffusion, previous);
    const variance = eta ** 2 * posterior(diffusion, t, previous).variance;
    x = weightedSum(Math.sqrt(before), x0, Math.sqrt(Math.max(0, 1 - before - variance)), eps);
    if (variance > 0) x = weightedSum(1, x, Math.sqrt(variance), random.normal(x.length));
    yield { t, previous, eps, x0, x };
  }
};
