import type { SamplerDefinition } from './definition';
import { endsOf, straightStep, straightTerms, velocity } from './flow';
import type { Sampler } from './sampler';

/** Euler's method on the flow dx_s/ds = u(x_s, s): x_r = x_s + (r − s) u(x_s, s) (Liu et al. 2022). The steps of DDIM. */
export const flowEuler: Sampler = async function* (settings) {
  const { diffusion, timesteps } = settings;
  let x = settings.start;
  for (const [i, t] of timesteps.entries()) {
    const previous = timesteps[i + 1] ?? -1;
    const u = await velocity(settings, x, t);
    const ends = endsOf(diffusion, x, t, u);
    x = straightStep(diffusion, x, t, previous, u);
    yield { t, previous, ...ends, x };
  }
};

export const definition: SamplerDefinition = {
  title: 'Flow, Euler',
  description: 'Straight steps along the velocity from noise to image, first order.',
  sampler: flowEuler,
  options: [],
  defaults: { steps: 20, spacing: 'noiseShare' },
  evaluations: (steps) => steps,
  order: 1,
  terms: straightTerms,
};
