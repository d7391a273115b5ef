import { describe, expect, it } from 'vitest';
import { samplingGroup } from '../../settings/groups/sampling';
import type { Patch } from '../../settings/path';
import type { StudyEngine } from '../../store/latestStudy';
import { testModel } from '../../testing/countingEngine';
import { tasks, until } from '../../testing/time';
import { pageValues } from '../../testing/values';
import { viewCore } from '../../testing/viewCore';
import {
  type ComparedRun,
  type ComparisonNeeds,
  createComparison,
  partDone,
  stepAtPart,
} from './comparisonState';
import type { ComparingReport, ComparingRequest } from './comparisonStudy';
import { createConvergence } from './convergenceState';
import type { ConvergingRequest } from './convergenceStudy';
import { type SamplersSettings, samplersGroup } from './settings';

/** Walks both sides as the worker does; the x of a side is the number of its step. */
function page(changes: Partial<ComparisonNeeds> = {}) {
  const asked: { source: unknown; request: unknown }[] = [];
  let reports = 0;
  let problem: Error | null = null;
  const study = (async (name, source, request, listen) => {
    asked.push({ source, request });
    if (problem) throw problem;
    if (name !== 'comparing') return true;
    const { sides, count } = request as ComparingRequest;
    const tell = async (side: 0 | 1, index: number) => {
      await tasks(1);
      const total = (sides[side] as { steps: number }).steps;
      const x = new Float32Array(count * 4).fill(index);
      const use = { evaluations: index, milliseconds: 5 * index, pathLength: 1 };
      const report: ComparingReport = { side, index, total, t: total - index - 1, x, x0: x, ...use };
      reports++;
      return (await (listen as unknown as (report: ComparingReport) => unknown)(report)) !== false;
    };
    for (let index = 0; index <= Math.max(...sides.map(({ steps }) => steps)); index++) {
      for (const side of [0, 1] as const)
        if (index <= (sides[side] as { steps: number }).steps && !(await tell(side, index))) return false;
    }
    return true;
  }) as StudyEngine['study'];
  const values = pageValues('digits', {
    origin: { origin: 'own' },
    sampling: { ...samplingGroup.defaults, weights: 'raw' },
  });
  const core = viewCore(
    {
      session: { status: 'ready' as const, backend: null },
      training: { model: { config: testModel, parameters: 1 }, step: 7 },
      ...changes,
    },
    { ...values, ...changes.values },
  );
  const place = { core, engine: { study } } as Parameters<typeof createComparison>[0];
  const comparison = createComparison(place);
  const convergence = createConvergence(place);
  const set = (settings: Patch<SamplersSettings>) => core.getState().set(samplersGroup, settings);
  const fail = (message: string) => {
    problem = new Error(message);
  };
  return {
    ...{ asked, set, fail, heard: () => reports },
    comparison: comparison.getState,
    convergence: convergence.getState,
  };
}

describe('a comparison', () => {
  it('keeps every step of both sides, what they cost, and their images', async () => {
    const { asked, set, comparison } = page();
    set({ count: 2, seed: 9, 'b.sampler': 'ddim', 'b.steps': 'all', 'a.steps': 4 });
    await comparison().compare();
    const { status, runs } = comparison();
    expect(status).toBe('finished');
    expect(asked[0]?.source).toEqual({ own: 'raw' });
    const request = asked[0]?.request as ComparingRequest;
    expect([request.count, request.seed, request.sides[0].steps, request.sides[1].steps]).toEqual([
      2, 9, 4, 100,
    ]);
    const [a, b] = runs as [ComparedRun, ComparedRun];
    expect([a.done, a.evaluations, a.milliseconds, a.recording.steps.length]).toEqual([4, 4, 20, 5]);
    expect([b.done, b.evaluations, b.milliseconds, b.recording.steps.length]).toEqual([100, 100, 500, 101]);
    expect([a.images?.[7], b.images?.[7]]).toEqual([4, 100]);
    expect(partDone(runs)).toBe(1);
    const shownAt = (part: number | null) => [a, b].map((run) => stepAtPart(run, part).index);
    expect(shownAt(null)).toEqual([4, 100]);
    expect(shownAt(0)).toEqual([0, 0]);
    expect(shownAt(0.25)).toEqual([1, 25]);
    expect(shownAt(0.74)).toEqual([2, 74]);
  });

  it('holds the engine while it is paused, goes on, and ends when it is stopped', async () => {
    const { comparison, heard } = page();
    const run = comparison().compare();
    await tasks(8);
    comparison().pause();
    await tasks(8);
    const held = heard();
    // What came is shown at the next frame.
    await until(() => Boolean(comparison().runs));
    await tasks(20);
    expect(heard()).toBe(held);
    expect(held).toBeLessThan(20);
    comparison().resume();
    await tasks(8);
    expect(heard()).toBeGreaterThan(held);
    comparison().pause();
    await tasks(4);
    comparison().stop();
    await run;
    const { status, runs } = comparison();
    expect(status).toBe('stopped');
    expect(runs?.every(({ images }) => images === null)).toBe(true);
    // A new one is not held up by the one that was.
    await comparison().compare();
    expect(comparison().status).toBe('finished');
  });

  it('says what is wrong and asks nothing, and tells what the engine said', async () => {
    const none = page({ training: { model: null, step: 0 }, values: pageValues('fashion-28') });
    await none.comparison().compare();
    expect(none.comparison().problem).toMatch(/no model .* train one first/);
    const { asked, set, comparison, fail } = page();
    set({ count: 65 });
    await comparison().compare();
    expect(comparison().problem).toMatch(/Images must be .* 1 to 64/);
    expect([...none.asked, ...asked]).toEqual([]);
    set({ count: 1 });
    fail('The GPU is gone.');
    await comparison().compare();
    expect(comparison()).toMatchObject({ status: 'failed', problem: 'The GPU is gone.' });
  });
});

describe('a measurement of convergence', () => {
  it('gives each sampler as many steps as its evaluations allow, fewer than all, from the noise of the comparison', async () => {
    const { asked, set, convergence } = page();
    set({ count: 3, seed: 5 });
    await convergence().measure();
    const request = asked[0]?.request as ConvergingRequest;
    expect(request).toMatchObject({ count: 3, seed: 5, reference: 'ddim' });
    // The first three; those that follow the straight line have lines too.
    expect(request.lines.slice(0, 3)).toEqual([
      { sampler: 'ddim', spacing: 'even', steps: [5, 10, 20, 40, 80] },
      { sampler: 'dpmSolver', spacing: 'logSnr', steps: [5, 10, 20, 40, 80] },
      { sampler: 'heun', spacing: 'logSnr', steps: [3, 5, 10, 20, 40] },
    ]);
    expect(convergence().status).toBe('finished');
    const few = page({
      training: { model: { config: { ...testModel, nSteps: 30 }, parameters: 1 }, step: 7 },
    });
    few.set({ spacing: 'quadratic', reference: 'heun' });
    await few.convergence().measure();
    const small = few.asked[0]?.request as ConvergingRequest;
    expect(small.lines.slice(0, 3).map(({ steps }) => steps.length)).toEqual([3, 3, 4]);
    expect(small.lines.every(({ spacing }) => spacing === 'quadratic')).toBe(true);
  });
});
