import { rmsDifference } from '../../engine/diffusion/rmsDifference';
import { type SamplerId, samplers } from '../../engine/diffusion/samplers/samplers';
import type { SpacingId } from '../../engine/diffusion/samplers/spacings';
import type { Study } from './study';
import { type CommonRequest, type WayBackRequest, wayBack } from './wayBack';

export interface ConvergingRequest extends CommonRequest {
  /** Takes all T steps: its pictures are those that the others are measured by. */
  reference: SamplerId;
  /** Deterministic samplers, each with its numbers of steps. */
  lines: { sampler: SamplerId; spacing: SpacingId; steps: number[] }[];
}

/** How far from the reference a sampler ends: RMS over all values of all pictures, which span [−1, 1]. */
export interface ConvergencePoint {
  sampler: SamplerId;
  steps: number;
  calls: number;
  rms: number;
}

/** Calls of the network that are done, of all; with a point where one has just been reached. */
export interface ConvergingReport {
  done: number;
  total: number;
  point: ConvergencePoint | null;
}

const deterministic = { variance: 'betaTilde', eta: 0, noiseAtEnd: false } as const;

/** How fast samplers come to the solution of the probability-flow ODE, by calls of the network; false where it ended early. */
export const converging: Study<ConvergingRequest, boolean, ConvergingReport> = async (
  means,
  { reference, lines, ...common },
  tell,
) => {
  const { nSteps } = means.diffusion;
  const runs = lines.flatMap(({ sampler, spacing, steps }) =>
    steps.map((count): WayBackRequest => ({ ...deterministic, sampler, spacing, steps: count })),
  );
  const all: WayBackRequest = { ...deterministic, sampler: reference, spacing: 'even', steps: nSteps };
  const total = [all, ...runs].reduce((sum, { sampler, steps }) => sum + samplers[sampler].calls(steps), 0);
  let before = 0;

  async function pictures(request: WayBackRequest): Promise<{ x: Float32Array; calls: number } | null> {
    const { reverse, use } = wayBack(means, common, request);
    let last: Float32Array | null = null;
    for await (const { x } of reverse) {
      last = x;
      if (!(await tell({ done: before + use.calls, total, point: null }))) return null;
    }
    before += use.calls;
    return last && { x: last, calls: use.calls };
  }

  const truth = await pictures(all);
  if (!truth) return false;
  for (const run of runs) {
    const end = await pictures(run);
    if (!end) return false;
    const { sampler, steps } = run;
    const point = { sampler, steps, calls: end.calls, rms: rmsDifference(end.x, truth.x) };
    if (!(await tell({ done: before, total, point }))) return false;
  }
  return true;
};
