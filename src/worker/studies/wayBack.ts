import type { VarianceChoice } from '../../engine/diffusion/reverse';
import type { SamplerStep } from '../../engine/diffusion/samplers/sampler';
import { type SamplerId, samplers } from '../../engine/diffusion/samplers/samplers';
import { type SpacingId, spacedTimesteps } from '../../engine/diffusion/samplers/spacings';
import { Random } from '../../engine/training/random';
import type { StudyMeans } from './study';

/** A sampler with all that it heeds. */
export interface WayBackRequest {
  sampler: SamplerId;
  steps: number;
  spacing: SpacingId;
  variance: VarianceChoice;
  eta: number;
  noiseAtEnd: boolean;
}

/** What several ways back have in common: the same seed is the same x_T, and the same fresh noise. */
export interface CommonRequest {
  count: number;
  seed: number;
  clipX0: boolean;
}

/** Calls of the network, and what they took without waiting for their turns. */
export interface NetworkUse {
  calls: number;
  milliseconds: number;
}

/** x_T of all pictures, and the random numbers that come after it. */
export function noiseOf({ config }: StudyMeans, { count, seed }: CommonRequest) {
  const random = new Random(seed);
  return { start: random.normal(count * config.imageSize ** 2 * config.imageChannels), random };
}

/** A way back from x_T to the pictures. `use` grows with every call of the network. */
export function wayBack(
  means: StudyMeans,
  common: CommonRequest,
  { sampler, steps, spacing, ...choices }: WayBackRequest,
): { reverse: AsyncGenerator<SamplerStep, void, void>; total: number; use: NetworkUse } {
  const { diffusion } = means;
  const use: NetworkUse = { calls: 0, milliseconds: 0 };
  const timesteps = spacedTimesteps(diffusion, steps, spacing);
  const reverse = samplers[sampler].sampler({
    ...choices,
    ...noiseOf(means, common),
    diffusion,
    timesteps,
    clipX0: common.clipX0,
    async denoise(x, t) {
      const before = means.networkTime();
      const eps = await means.denoise(x, t);
      use.calls++;
      use.milliseconds += means.networkTime() - before;
      return eps;
    },
  });
  return { reverse, total: timesteps.length, use };
}
