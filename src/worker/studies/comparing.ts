import { sideBySide } from '../../engine/diffusion/samplers/sideBySide';
import type { Study } from './study';
import { type CommonRequest, type NetworkUse, noiseOf, type WayBackRequest, wayBack } from './wayBack';

export interface ComparingRequest extends CommonRequest {
  sides: [WayBackRequest, WayBackRequest];
}

/** A step of one side: pictures NHWC. At index 0 x is x_T, and there is no x̂₀ yet. */
export interface ComparingReport extends NetworkUse {
  side: 0 | 1;
  index: number;
  total: number;
  /** The t that x belongs to: −1 is the finished picture. */
  t: number;
  x: Float32Array;
  x0: Float32Array | null;
}

/** Two samplers from the same noise, in lockstep by the part that is done; true where both reached the picture. */
export const comparing: Study<ComparingRequest, boolean, ComparingReport> = async (
  means,
  { sides, ...common },
  tell,
) => {
  const { start } = noiseOf(means, common);
  const last = means.diffusion.nSteps - 1;
  // The first call of a batch size may have to prepare the backend: neither side pays for that.
  await means.denoise(start, last);
  const ways = sides.map((side) => wayBack(means, common, side));
  for (const side of [0, 1] as const) {
    const { total, use } = ways[side] as ReturnType<typeof wayBack>;
    if (!(await tell({ side, index: 0, total, t: last + 1, x: start, x0: null, ...use }))) return false;
  }
  for await (const { side, done, step } of sideBySide(ways)) {
    const { total, use } = ways[side] as ReturnType<typeof wayBack>;
    const { previous: t, x, x0 } = step;
    if (!(await tell({ side: side as 0 | 1, index: done, total, t, x, x0, ...use }))) return false;
  }
  return true;
};
