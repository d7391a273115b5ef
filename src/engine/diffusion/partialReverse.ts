import type { Sampler, SamplerSettings, SamplerStep } from './samplers/sampler';
import { timesteps } from './samplers/sampler';

/** Everything about the way back but where it starts. */
export type ReverseChoices = Omit<SamplerSettings, 'start' | 'timesteps'>;

/** The way back to the picture from x_t, `steps` of the timesteps t … 0 at most; nothing is left to do at t = −1. */
export function reverseFrom(
  sampler: Sampler,
  xt: Float32Array,
  t: number,
  steps: number,
  choices: ReverseChoices,
): AsyncGenerator<SamplerStep, void, void> {
  return sampler({ ...choices, start: xt, timesteps: timesteps(t + 1, steps) });
}
