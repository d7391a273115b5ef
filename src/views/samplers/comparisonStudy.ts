import { PathLength } from '../../engine/diffusion/pathLength';
import { sideBySide } from '../../engine/diffusion/samplers/sideBySide';
import {
  type CommonRequest,
  type NetworkUse,
  noiseOf,
  type ReverseProcessRequest,
  reverseProcess,
} from '../../engine/study/reverseProcess';
import type { Study } from '../../engine/study/study';

export interface ComparingRequest extends CommonRequest {
  sides: [ReverseProcessRequest, ReverseProcessRequest];
}

/** A step of one side: images NHWC. At index 0 x is x_T, and there is no x̂₀ yet. */
export interface ComparingReport extends NetworkUse {
  side: 0 | 1;
  index: number;
  total: number;
  /** The t that x belongs to: −1 is the finished image. */
  t: number;
  x: Float32Array;
  x0: Float32Array | null;
  /** Length of the paths so far over the straight lines; NaN at index 0. */
  pathLength: number;
}

/** Two samplers from the same noise, in lockstep by the part that is done; true where both reached the image. */
export const comparing: Study<ComparingRequest, boolean, ComparingReport> = async (
  environment,
  { sides, ...common },
  tell,
) => {
  const { start } = noiseOf(environment, common);
  const last = environment.diffusion.nSteps - 1;
  // The first evaluation of a batch size may have to prepare the backend: neither side pays for that.
  await environment.denoise(start, last);
  const processes = sides.map((side) => reverseProcess(environment, common, side));
  const { config, diffusion } = environment;
  const paths = sides.map(() => new PathLength(diffusion, config.imageSize ** 2 * config.imageChannels));
  for (const side of [0, 1] as const) {
    const { total, use } = processes[side] as ReturnType<typeof reverseProcess>;
    const first = { side, index: 0, total, t: last + 1, x: start, x0: null, pathLength: Number.NaN };
    paths[side]?.add(start, last);
    if (!(await tell({ ...first, ...use }))) return false;
  }
  for await (const { side, done, step } of sideBySide(processes)) {
    const { total, use } = processes[side] as ReturnType<typeof reverseProcess>;
    const { previous: t, x, x0 } = step;
    const path = paths[side] as PathLength;
    path.add(x, t);
    const report = { side: side as 0 | 1, index: done, total, t, x, x0, pathLength: path.ratio };
    if (!(await tell({ ...report, ...use }))) return false;
  }
  return true;
};
