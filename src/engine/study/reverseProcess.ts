import type { SamplerOptions, SamplerStep } from '../diffusion/samplers/sampler';
import { type SamplerId, samplers } from '../diffusion/samplers/samplers';
import { type SpacingId, spacedTimesteps } from '../diffusion/samplers/spacings';
import { Random } from '../training/random';
import type { StudyEnvironment } from './study';

/** A sampler with its steps and options. */
export interface ReverseProcessRequest extends Partial<Omit<SamplerOptions, 'clipX0'>> {
  sampler: SamplerId;
  steps: number;
  spacing: SpacingId;
}

/** What several reverse processes have in common: the same seed gives the same x_T and the same fresh noise. */
export interface CommonRequest {
  count: number;
  seed: number;
  clipX0: boolean;
}

/** Network evaluations, and the time they took without waiting for their turns. */
export interface NetworkUse {
  evaluations: number;
  milliseconds: number;
}

/** x_T of all images, and the random numbers that follow. */
export function noiseOf({ config }: StudyEnvironment, { count, seed }: CommonRequest) {
  const random = new Random(seed);
  return { start: random.normal(count * config.imageSize ** 2 * config.imageChannels), random };
}

/** A reverse process from x_T to the images. `use` grows with every network evaluation. */
export function reverseProcess(
  environment: StudyEnvironment,
  common: CommonRequest,
  { sampler, steps, spacing, ...choices }: ReverseProcessRequest,
): { reverse: AsyncGenerator<SamplerStep, void, void>; total: number; use: NetworkUse } {
  const { diffusion } = environment;
  const use: NetworkUse = { evaluations: 0, milliseconds: 0 };
  const timesteps = spacedTimesteps(diffusion, steps, spacing);
  const reverse = samplers[sampler].sampler({
    ...choices,
    ...noiseOf(environment, common),
    diffusion,
    timesteps,
    clipX0: common.clipX0,
    async denoise(x, t, v) {
      const before = environment.networkTime();
      const eps = await environment.denoise(x, t, v);
      use.evaluations++;
      use.milliseconds += environment.networkTime() - before;
      return eps;
    },
  });
  return { reverse, total: timesteps.length, use };
}
