import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { ComparingReport, ComparingRequest } from '../worker/studies/comparing';
import type { ConvergingRequest } from '../worker/studies/converging';
import {
  type ComparedRun,
  type ComparisonNeeds,
  type ComparisonSlice,
  createComparisonSlice,
  partDone,
  stepAtPart,
} from './comparisonSlice';
import { type ConvergenceSlice, createConvergenceSlice } from './convergenceSlice';
import { testModel } from './countingEngine';
import type { StudyEngine } from './latestStudy';
import { defaultSamplingChoices } from './samplingSettings';

type All = ComparisonNeeds & ComparisonSlice & ConvergenceSlice;

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
      await new Promise((resolve) => setTimeout(resolve, 1));
      const total = (sides[side] as { steps: number }).steps;
      const x = new Float32Array(count * 4).fill(index);
      const use = { calls: index, milliseconds: 5 * index };
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
  const store = createStore<All>()((...parts) => ({
    session: { status: 'ready', backend: null },
    settings: { dataset: 'digits' },
    training: { model: { config: testModel, parameters: 1 }, step: 7 },
    sampling: {
      origin: 'own',
      settings: { ...defaultSamplingChoices, weights: 'raw' },
    } as ComparisonNeeds['sampling'],
    ...createComparisonSlice({ study })(...parts),
    ...createConvergenceSlice({ study })(...parts),
    ...changes,
  }));
  const fail = (message: string) => {
    problem = new Error(message);
  };
  return { asked, state: store.getState, fail, heard: () => reports };
}

const soon = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('a comparison', () => {
  it('keeps every step of both sides, what they cost, and their pictures', async () => {
    const { asked, state } = page();
    state().setComparison({ count: 2, seed: 9 });
    state().setSide(1, { sampler: 'ddim', steps: 'all' });
    state().setSide(0, { steps: 4 });
    await state().runComparison();
    const { status, runs } = state().comparison;
    expect(status).toBe('finished');
    expect(asked[0]?.source).toEqual({ own: 'raw' });
    const request = asked[0]?.request as ComparingRequest;
    expect([request.count, request.seed, request.sides[0].steps, request.sides[1].steps]).toEqual([
      2, 9, 4, 100,
    ]);
    const [a, b] = runs as [ComparedRun, ComparedRun];
    expect([a.done, a.calls, a.milliseconds, a.recording.steps.length]).toEqual([4, 4, 20, 5]);
    expect([b.done, b.calls, b.milliseconds, b.recording.steps.length]).toEqual([100, 100, 500, 101]);
    expect([a.pictures?.[7], b.pictures?.[7]]).toEqual([4, 100]);
    expect(partDone(runs)).toBe(1);
    const shownAt = (part: number | null) => [a, b].map((run) => stepAtPart(run, part).index);
    expect(shownAt(null)).toEqual([4, 100]);
    expect(shownAt(0)).toEqual([0, 0]);
    expect(shownAt(0.25)).toEqual([1, 25]);
    expect(shownAt(0.74)).toEqual([2, 74]);
  });

  it('holds the engine while it is paused, goes on, and ends when it is stopped', async () => {
    const { state, heard } = page();
    const run = state().runComparison();
    await soon(8);
    state().pauseComparison();
    await soon(8);
    const held = heard();
    await soon(20);
    expect(heard()).toBe(held);
    expect(held).toBeLessThan(20);
    state().resumeComparison();
    await soon(8);
    expect(heard()).toBeGreaterThan(held);
    state().pauseComparison();
    await soon(4);
    state().stopComparison();
    await run;
    const { status, runs } = state().comparison;
    expect(status).toBe('stopped');
    expect(runs?.every(({ pictures }) => pictures === null)).toBe(true);
    // A new one is not held up by the one that was.
    await state().runComparison();
    expect(state().comparison.status).toBe('finished');
  });

  it('says what is wrong and asks nothing, and tells what the engine said', async () => {
    const none = page({ training: { model: null, step: 0 }, settings: { dataset: 'fashion-28' } });
    await none.state().runComparison();
    expect(none.state().comparison.problem).toMatch(/no model .* train one first/);
    const { asked, state, fail } = page();
    state().setComparison({ count: 65 });
    await state().runComparison();
    expect(state().comparison.problem).toMatch(/Pictures must be .* 1 to 64/);
    expect([...none.asked, ...asked]).toEqual([]);
    state().setComparison({ count: 1 });
    fail('The GPU is gone.');
    await state().runComparison();
    expect(state().comparison).toMatchObject({ status: 'failed', problem: 'The GPU is gone.' });
  });

  it('swaps its sides', () => {
    const { state } = page();
    const [a, b] = state().comparison.sides;
    state().swapSides();
    expect(state().comparison.sides).toEqual([b, a]);
  });
});

describe('a measurement of convergence', () => {
  it('gives each sampler as many steps as its calls allow, fewer than all, from the noise of the comparison', async () => {
    const { asked, state } = page();
    state().setComparison({ count: 3, seed: 5 });
    await state().runConvergence();
    const request = asked[0]?.request as ConvergingRequest;
    expect(request).toMatchObject({ count: 3, seed: 5, reference: 'ddim' });
    expect(request.lines).toEqual([
      { sampler: 'ddim', spacing: 'even', steps: [5, 10, 20, 40, 80] },
      { sampler: 'dpmSolver', spacing: 'logSnr', steps: [5, 10, 20, 40, 80] },
      { sampler: 'heun', spacing: 'logSnr', steps: [3, 5, 10, 20, 40] },
    ]);
    expect(state().convergence.status).toBe('finished');
    const few = page({
      training: { model: { config: { ...testModel, nSteps: 30 }, parameters: 1 }, step: 7 },
    });
    few.state().setConvergence({ spacing: 'quadratic', reference: 'heun' });
    await few.state().runConvergence();
    const small = few.asked[0]?.request as ConvergingRequest;
    expect(small.lines.map(({ steps }) => steps.length)).toEqual([3, 3, 4]);
    expect(small.lines.every(({ spacing }) => spacing === 'quadratic')).toBe(true);
  });
});
