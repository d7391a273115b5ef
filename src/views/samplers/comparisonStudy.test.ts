import { expect, test } from 'vitest';
import { createDiffusion } from '../../engine/diffusion/diffusion';
import { mixtureDenoiser } from '../../engine/diffusion/gaussianMixture';
import { rmsDifference } from '../../engine/diffusion/rmsDifference';
import type { ReverseProcessRequest } from '../../engine/study/reverseProcess';
import type { StudyEnvironment } from '../../engine/study/study';
import { type ComparingReport, type ComparingRequest, comparing } from './comparisonStudy';
import { type ConvergencePoint, converging } from './convergenceStudy';

const diffusion = createDiffusion('linear', 1000);

/** A model of images of one pixel that has learned a mixture to perfection; a call takes 2 ms of its clock. */
function means() {
  const exact = mixtureDenoiser(
    { weights: [0.4, 0.6], means: [[-0.6], [0.5]], variances: [0.02, 0.05] },
    diffusion,
  );
  const use = { evaluations: 0 };
  const all = {
    config: { imageSize: 1, imageChannels: 1 },
    diffusion,
    denoise: (x: Float32Array, t: number) => {
      use.evaluations++;
      return exact(x, t);
    },
    networkTime: () => 2 * use.evaluations,
  } as unknown as StudyEnvironment;
  return { all, use };
}

const side = (changes: Partial<ReverseProcessRequest>): ReverseProcessRequest => ({
  ...{ sampler: 'ddim', steps: 20, spacing: 'even' },
  ...changes,
});

async function compare(sides: ComparingRequest['sides'], until = Number.POSITIVE_INFINITY) {
  const reports: ComparingReport[] = [];
  const request = { count: 50, seed: 3, clipX0: false, sides };
  const finished = await comparing(means().all, request, async (report) => reports.push(report) < until);
  const last = (of: 0 | 1) => reports.findLast((report) => report.side === of) as ComparingReport;
  return { reports, finished, a: last(0), b: last(1) };
}

test('two samplers start from the same noise, and each counts its own steps, evaluations and time', async () => {
  const { reports, finished, a, b } = await compare([side({}), side({ sampler: 'heun', steps: 10 })]);
  expect(finished).toBe(true);
  expect(reports[0]?.x).toEqual(reports[1]?.x);
  expect([a.index, a.total, a.t, a.evaluations, a.milliseconds]).toEqual([20, 20, -1, 20, 40]);
  expect([b.index, b.total, b.t, b.evaluations, b.milliseconds]).toEqual([10, 10, -1, 19, 38]);
  const apart = rmsDifference(a.x, b.x);
  expect(apart).toBeGreaterThan(0);
  expect(apart).toBeLessThan(0.2);
});

test.each([
  ['DDIM', side({})],
  ['DDPM, whose fresh noise is the same', side({ sampler: 'ancestral', variance: 'betaTilde' })],
])('%s beside itself ends in the very same images', async (_, choice) => {
  const { a, b } = await compare([choice, choice]);
  expect(a.x).toEqual(b.x);
  const other = await compare([choice, side({ ...choice, steps: 21 })]);
  expect(rmsDifference(other.a.x, other.b.x)).toBeGreaterThan(0);
});

test('a comparison that nobody wants ends at once', async () => {
  const { reports, finished } = await compare([side({}), side({})], 7);
  expect([reports.length, finished]).toEqual([7, false]);
});

test('the way to the solution: all come closer with evaluations, those of second order faster, and every call is counted', async () => {
  const { all, use } = means();
  const points: ConvergencePoint[] = [];
  let last = { done: 0, total: 0 };
  const finished = await converging(
    all,
    {
      ...{ count: 50, seed: 3, clipX0: false, reference: 'heun' },
      lines: [
        { sampler: 'ddim', spacing: 'even', steps: [10, 20, 40] },
        { sampler: 'dpmSolver', spacing: 'logSnr', steps: [10, 20, 40] },
        { sampler: 'heun', spacing: 'logSnr', steps: [5, 10, 20] },
      ],
    },
    async ({ done, total, point }) => {
      expect(done).toBeGreaterThanOrEqual(last.done);
      last = { done, total };
      if (point) points.push(point);
      return true;
    },
  );
  expect(finished).toBe(true);
  expect(last).toEqual({ done: use.evaluations, total: use.evaluations });
  expect(points.map(({ evaluations }) => evaluations)).toEqual([10, 20, 40, 10, 20, 40, 9, 19, 39]);
  const rms = points.map((point) => point.rms);
  for (const first of [0, 3, 6]) {
    expect(rms[first + 1]).toBeLessThan(rms[first] as number);
    expect(rms[first + 2]).toBeLessThan(rms[first + 1] as number);
  }
  // By about as many evaluations.
  expect(rms[5]).toBeLessThan(rms[2] as number);
  expect(rms[8]).toBeLessThan(rms[2] as number);
});
