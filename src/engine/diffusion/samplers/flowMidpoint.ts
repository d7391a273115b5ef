import { flowPoint, timeOfFlow } from '../flow';
import type { SamplerDefinition } from './definition';
import { endsOf, straightStep, straightTerms, velocity } from './flow';
import type { Sampler } from './sampler';

/**
 * The midpoint method on the flow dx_s/ds = u(x_s, s): half a step of Euler to m = (s + r)/2, then the whole step along
 * u(x_m, m). Two network evaluations a step.
 */
export const flowMidpoint: Sampler = async function* (settings) {
  const { diffusion, timesteps } = settings;
  let x = settings.start;
  for (const [i, t] of timesteps.entries()) {
    const previous = timesteps[i + 1] ?? -1;
    const middle = timeOfFlow(diffusion, (flowPoint(diffusion, t).s + flowPoint(diffusion, previous).s) / 2);
    const half = straightStep(diffusion, x, t, middle, await velocity(settings, x, t));
    const u = await velocity(settings, half, middle);
    const ends = endsOf(diffusion, x, t, u);
    x = straightStep(diffusion, x, t, previous, u);
    yield { t, previous, ...ends, x };
  }
};

export const definition: SamplerDefinition = {
  title: 'Flow, midpoint',
  description: 'Straight steps along the velocity at the middle of each step, second order.',
  sampler: flowMidpoint,
  options: [],
  defaults: { steps: 10, spacing: 'noiseShare' },
  evaluations: (steps) => 2 * steps,
  order: 2,
  terms: straightTerms,
};
