import { weightedSum } from '../forward';
import { meanFromEps, meanFromX0, predictEps, predictX0, sigma } from '../reverse';
import { clipped, type Sampler } from './sampler';

/** DDPM, algorithm 2: x_{t−1} = μ_θ(x_t) + σ_t z, over all T steps or over some of them. */
export const ancestral: Sampler = async function* (settings) {
  const { diffusion, denoise, timesteps, random, variance, clipX0, noiseAtEnd } = settings;
  let x = settings.start;
  for (const [i, t] of timesteps.entries()) {
    const previous = timesteps[i + 1] ?? -1;
    let eps = await denoise(x, t);
    let x0 = predictX0(diffusion, x, t, eps);
    let mean: Float32Array;
    if (clipX0) {
      x0 = clipped(x0);
      eps = predictEps(diffusion, x, t, x0);
      mean = meanFromX0(diffusion, x, t, x0, previous);
    } else mean = meanFromEps(diffusion, x, t, eps, previous);
    const noisy = previous >= 0 || noiseAtEnd;
    x = noisy ? weightedSum(1, mean, sigma(diffusion, t, variance, previous), random.normal(x.length)) : mean;
    yield { t, previous, eps, x0, x };
  }
};
