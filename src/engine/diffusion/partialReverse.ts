import type { Sampler, SamplerSettings, SamplerStep } from './samplers/sampler';
import { timesteps } from './samplers/spacings';

/** Everything about a reverse process but where it starts. */
export type ReverseChoices = Omit<SamplerSettings, 'start' | 'timesteps'>;

/** The reverse process from x_t to the image, in at most `steps` of the timesteps t … 0; no step at t = −1. */
export function reverseFrom(
  sampler: Sampler,
  xt: Float32Array,
  t: number,
  steps: number,
  choices: ReverseChoices,
): AsyncGenerator<SamplerStep, void, void> {
  return sampler({ ...choices, start: xt, timesteps: timesteps(t + 1, steps) });
}
