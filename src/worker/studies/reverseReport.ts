import type { VarianceChoice } from '../../engine/diffusion/reverse';
import type { SamplerStep } from '../../engine/diffusion/samplers/sampler';
import type { SamplerId } from '../../engine/diffusion/samplers/samplers';

/** How far a reverse process is: after step `done` of `total`, all its pictures NHWC. */
export interface ReverseReport {
  done: number;
  total: number;
  x: Float32Array;
  x0: Float32Array;
}

/** The way back from t, as a request asks for it. */
export interface ReverseRequest {
  /** Engine's t of x_t; −1 is the picture itself. */
  t: number;
  sampler: SamplerId;
  /** Of the steps t … 0, how many to take at most. */
  steps: number;
  seed: number;
}

/** What every way back of a study has in common: σ² = β as in the reference over every step, β̃ where steps are left out. */
export function reverseChoices({ t, steps }: ReverseRequest) {
  const variance: VarianceChoice = steps > t ? 'beta' : 'betaTilde';
  return { variance, eta: 0, clipX0: true, noiseAtEnd: false };
}

/** The picture that a reverse process ends in, `start` where it has no step; null where nobody wants it any more. */
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
