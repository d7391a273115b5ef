import { weightedSum } from '../forward';
import type { SamplerDefinition } from './definition';
import { endsOf, straightStep, straightTerms, velocity } from './flow';
import type { Sampler } from './sampler';

/**
 * Heun's method on the flow dx_s/ds = u(x_s, s): from s to r along the mean of u at both ends. Two network evaluations a
 * step, one in the last, whose end is the image itself.
 */
export const flowHeun: Sampler = async function* (settings) {
  const { diffusion, timesteps } = settings;
  let x = settings.start;
  for (const [i, t] of timesteps.entries()) {
    const previous = timesteps[i + 1] ?? -1;
    let u = await velocity(settings, x, t);
    if (previous > -1) {
      const end = straightStep(diffusion, x, t, previous, u);
      u = weightedSum(0.5, u, 0.5, await velocity(settings, end, previous));
    }
    const ends = endsOf(diffusion, x, t, u);
    x = straightStep(diffusion, x, t, previous, u);
    yield { t, previous, ...ends, x };
  }
};

export const definition: SamplerDefinition = {
  title: 'Flow, Heun',
  description: 'Straight steps along the mean velocity of both ends of each step, second order.',
  sampler: flowHeun,
  options: [],
  defaults: { steps: 10, spacing: 'noiseShare' },
  evaluations: (steps) => 2 * steps - 1,
  order: 2,
  terms: straightTerms,
};
