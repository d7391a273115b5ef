import { weightedSum } from '../forward';
import { meanFromEps, meanFromX0, sigma } from '../reverse';
import { guess } from './guess';
import type { Sampler } from './sampler';

/** DDPM, algorithm 2: x_{t−1} = μ_θ(x_t) + σ_t z, over all T steps or over some of them. */
export const ancestral: Sampler = async function* (settings) {
  const { diffusion, timesteps, random, variance, clipX0, noiseAtEnd } = settings;
  let x = settings.start;
  for (const [i, t] of timesteps.entries()) {
    const previous = timesteps[i + 1] ?? -1;
    const { eps, x0 } = await guess(settings, x, t);
    const mean = clipX0
      ? meanFromX0(diffusion, x, t, x0, previous)
      : meanFromEps(diffusion, x, t, eps, previous);
    const noisy = previous >= 0 || noiseAtEnd;
    x = noisy ? weightedSum(1, mean, sigma(diffusion, t, variance, previous), random.normal(x.length)) : mean;
    yield { t, previous, eps, x0, x };
  }
};
