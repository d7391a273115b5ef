import { rmsDifference } from '../../engine/diffusion/rmsDifference';
import { type SamplerId, samplers } from '../../engine/diffusion/samplers/samplers';
import type { SpacingId } from '../../engine/diffusion/samplers/spacings';
import {
  type CommonRequest,
  type ReverseProcessRequest,
  reverseProcess,
} from '../../engine/study/reverseProcess';
import type { Study } from '../../engine/study/study';

export interface ConvergingRequest extends CommonRequest {
  /** Takes all T steps: the others are compared with its images. */
  reference: SamplerId;
  /** Deterministic samplers, each with its numbers of steps. */
  lines: { sampler: SamplerId; spacing: SpacingId; steps: number[] }[];
}

/** How far from the reference a sampler ends: RMS over all values of all images, which span [−1, 1]. */
export interface ConvergencePoint {
  sampler: SamplerId;
  steps: number;
  evaluations: number;
  rms: number;
}

/** Network evaluations done, of all; with a point where one was just reached. */
export interface ConvergingReport {
  done: number;
  total: number;
  point: ConvergencePoint | null;
}

/** How fast samplers come to the solution of the probability-flow ODE, by network evaluations; false where it ended early. */
export const converging: Study<ConvergingRequest, boolean, ConvergingReport> = async (
  environment,
  { reference, lines, ...common },
  tell,
) => {
  const { nSteps } = environment.diffusion;
  const runs = lines.flatMap(({ sampler, spacing, steps }) =>
    steps.map((count): ReverseProcessRequest => ({ sampler, spacing, steps: count })),
  );
  const all: ReverseProcessRequest = { sampler: reference, spacing: 'even', steps: nSteps };
  const total = [all, ...runs].reduce(
    (sum, { sampler, steps }) => sum + samplers[sampler].evaluations(steps),
    0,
  );
  let before = 0;

  async function images(
    request: ReverseProcessRequest,
  ): Promise<{ x: Float32Array; evaluations: number } | null> {
    const { reverse, use } = reverseProcess(environment, common, request);
    let last: Float32Array | null = null;
    for await (const { x } of reverse) {
      last = x;
      if (!(await tell({ done: before + use.evaluations, total, point: null }))) return null;
    }
    before += use.evaluations;
    return last && { x: last, evaluations: use.evaluations };
  }

  const truth = await images(all);
  if (!truth) return false;
  for (const run of runs) {
    const end = await images(run);
    if (!end) return false;
    const { sampler, steps } = run;
    const point = { sampler, steps, evaluations: end.evaluations, rms: rmsDifference(end.x, truth.x) };
    if (!(await tell({ done: before, total, point }))) return false;
  }
  return true;
};
