import { pick } from '../../engine/data/batches';
import { splitOf } from '../../engine/data/split';
import { qSample } from '../../engine/diffusion/forward';
import { sideBySide } from '../../engine/diffusion/samplers/sideBySide';
import { type Change, changeHooks } from '../../engine/network/changes';
import { reverseProcess } from '../../engine/study/reverseProcess';
import type { Study, StudyEnvironment } from '../../engine/study/study';
import { Random } from '../../engine/training/random';
import { unetDenoiser } from '../../engine/unet/denoiser';

export interface BrokenRequest {
  changes: readonly Change[];
  /** Samples of each network, from the same noise, in so many DDIM steps. */
  count: number;
  steps: number;
  /** Draws that noise, and the images and the noise of the errors. */
  seed: number;
  /** Held-out images whose error is measured, at so many t. */
  images: number;
  times: number;
}

/** The network as it is, and as it is changed. */
export type Version = 'unbroken' | 'broken';

export type BrokenReport =
  /** Samples as far as they are, NHWC. */
  | { kind: 'samples'; version: Version; done: number; total: number; images: Float32Array }
  /** Mean squared error of ε̂ at one t, counted from 0. */
  | ({ kind: 'error'; t: number } & Record<Version, number>);

/** Samples and errors of a network beside those of the same network unbroken; true where all were made. */
export const breaking: Study<BrokenRequest, boolean, BrokenReport> = async (environment, request, tell) => {
  const versions: Record<Version, StudyEnvironment> = {
    unbroken: environment,
    broken: { ...environment, denoise: brokenDenoiser(environment, request.changes) },
  };
  return (await drawSamples(versions, request, tell)) && (await measureErrors(versions, request, tell));
};

type Tell = (report: BrokenReport) => Promise<boolean>;

async function drawSamples(
  { unbroken, broken }: Record<Version, StudyEnvironment>,
  { count, steps, seed }: BrokenRequest,
  tell: Tell,
): Promise<boolean> {
  const common = { count, seed, clipX0: true };
  const ddim = {
    sampler: 'ddim',
    spacing: 'even',
    steps: Math.min(steps, unbroken.config.nSteps),
  } as const;
  const runs = [reverseProcess(unbroken, common, ddim), reverseProcess(broken, common, ddim)];
  for await (const { side, done, step } of sideBySide(runs)) {
    const version = side === 0 ? 'unbroken' : 'broken';
    const { total } = runs[side] as (typeof runs)[number];
    if (!(await tell({ kind: 'samples', version, done, total, images: step.x }))) return false;
  }
  return true;
}

async function measureErrors(
  { unbroken, broken }: Record<Version, StudyEnvironment>,
  { images, times, seed }: BrokenRequest,
  tell: Tell,
): Promise<boolean> {
  const { diffusion } = unbroken;
  const data = unbroken.dataset();
  const { heldOut, training } = splitOf(data);
  const asked = heldOut.count > 0 ? heldOut : training;
  const count = Math.min(images, asked.count);
  const { images: x0 } = pick(
    asked,
    Array.from({ length: count }, (_, i) => i),
  );
  for (let i = 0; i < times; i++) {
    // In the middle of as many equal parts, each with noise of its own.
    const t = Math.floor(((i + 0.5) * diffusion.nSteps) / times);
    const noise = new Random(seed + i).normal(x0.length);
    const xt = qSample(diffusion, x0, t, noise);
    const errorOf = async ({ denoise }: StudyEnvironment) => meanSquare(await denoise(xt, t), noise);
    const errors = { unbroken: await errorOf(unbroken), broken: await errorOf(broken) };
    if (!(await tell({ kind: 'error', t, ...errors }))) return false;
  }
  return true;
}

function brokenDenoiser(environment: StudyEnvironment, changes: readonly Change[]) {
  const { config, diffusion, operations, weights, inTurn } = environment;
  const hooks = changeHooks(config, changes);
  const denoise = unetDenoiser(config, diffusion, operations, weights, undefined, hooks);
  return (xt: Float32Array, t: number, v?: Float32Array) => inTurn(() => denoise(xt, t, v));
}

export function meanSquare(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, value, i) => sum + (value - (other[i] as number)) ** 2, 0) / one.length;
}
