import type { SamplerOptions, SamplerStep } from '../diffusion/samplers/sampler';
import type { SamplerId } from '../diffusion/samplers/samplers';

/** How far a reverse process is: after step `done` of `total`, all its images NHWC. */
export interface ReverseReport {
  done: number;
  total: number;
  x: Float32Array;
  x0: Float32Array;
}

/** A reverse process from t. */
export interface ReverseRequest {
  /** Engine's t of x_t; −1 is the image itself. */
  t: number;
  sampler: SamplerId;
  /** Of the steps t … 0, how many to take at most. */
  steps: number;
  seed: number;
}

/** The sampler's options: σ² = β as in the reference over every step, β̃ where steps are left out. */
export function reverseOptions({ t, steps }: ReverseRequest): Partial<SamplerOptions> {
  return { variance: steps > t ? 'beta' : 'betaTilde' };
}

/** The images that a reverse process ends in, `start` where it has no step; null where `tell` ended it. */
export async function tellEachStep(
  reverse: AsyncGenerator<SamplerStep, void, void>,
  start: Float32Array,
  { t, steps }: ReverseRequest,
  tell: (report: ReverseReport) => Promise<boolean>,
): Promise<Float32Array | null> {
  const total = Math.min(steps, t + 1);
  let [done, last] = [0, start];
  for await (const { x, x0 } of reverse) {
    last = x;
    if (!(await tell({ done: ++done, total, x, x0 }))) return null;
  }
  return last;
}
