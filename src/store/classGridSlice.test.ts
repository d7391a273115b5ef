import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { StudyRequest } from '../worker/studies/studies';
import { type ClassGridSlice, type ClassNeeds, createClassGridSlice, gridGuidances } from './classGridSlice';
import { classModel, classOrigins, classProblem } from './classModel';
import { defaultSettings } from './defaultSettings';
import type { StudyEngine } from './latestStudy';
import { defaultSamplingChoices } from './samplingSettings';

interface Visit {
  dataset?: 'digits' | 'shapes';
  /** Of the user's model; none where there is none. */
  nClasses?: number;
  step?: number;
}

function needs({ dataset = 'digits', nClasses, step = 5 }: Visit = {}) {
  const config = { ...defaultSettings(dataset).model, nClasses: nClasses ?? 0 };
  const model = nClasses === undefined ? null : { config, parameters: 1 };
  return {
    session: { status: 'ready', problem: null },
    settings: { dataset },
    training: { model, step },
    sampling: { origin: null, settings: defaultSamplingChoices },
  } as ClassNeeds;
}

describe('the model that is asked for classes', () => {
  it.each<[string, Visit, string[], string | number | null]>([
    ['ships, before there is another', {}, ['shippedByClass'], 'digitsByClass'],
    ['ships, where the own one knows none', { nClasses: 0 }, ['shippedByClass'], 'digitsByClass'],
    ['is the own one that knows them', { nClasses: 10 }, ['shippedByClass', 'own'], 5],
    [
      'ships, while the own one has learned nothing',
      { nClasses: 10, step: 0 },
      ['shippedByClass', 'own'],
      'digitsByClass',
    ],
    ['is the own one where none ships', { dataset: 'shapes', nClasses: 8 }, ['own'], 5],
    ['is none', { dataset: 'shapes', nClasses: 0 }, [], null],
    ['is none where the classes are of other data', { dataset: 'shapes', nClasses: 10 }, [], null],
  ])('%s', (_, visit, origins, expected) => {
    const state = needs(visit);
    expect(classOrigins(state)).toEqual(origins);
    const model = classModel(state);
    expect(model && (model.shipped ?? model.trainedSteps)).toBe(expected);
    if (expected === null) expect(classProblem(state)).toContain('classes of Shapes');
    else expect(classProblem(state)).toBeNull();
  });
});

/** An engine whose grids take three steps of 20 ms. */
function page(visit?: Visit) {
  const requests: StudyRequest<'classGrid'>[] = [];
  const study = vi.fn(async (_, __, request, listen) => {
    requests.push(request);
    const x = new Float32Array(request.labels.length * request.guidances.length * 64);
    for (let done = 1; done <= 3; done++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      if ((await listen?.({ done, total: 3, x: x.map(() => done), x0: x })) === false) return null;
    }
    return x.fill(9);
  }) as unknown as StudyEngine['study'];
  const store = createStore<ClassGridSlice & ClassNeeds>()((...parts) => ({
    ...needs(visit),
    ...createClassGridSlice({ study })(...parts),
  }));
  return { study, requests, store, grid: () => store.getState().classGrid };
}

describe('the grid', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('has a row a class and a column a w, shows every step, and ends with the pictures', async () => {
    const { store, grid, requests, study } = page();
    store.getState().setClassGrid({ steps: 3, seed: 7 });
    const run = store.getState().runClassGrid();
    await vi.advanceTimersByTimeAsync(58);
    expect(grid()).toMatchObject({ status: 'running', done: 2, total: 3 });
    expect(grid().pictures?.[0]).toBe(2);
    await vi.advanceTimersByTimeAsync(100);
    await run;
    expect(grid()).toMatchObject({
      status: 'finished',
      done: 3,
      shape: { size: 8, channels: 1, classes: 10 },
    });
    expect(grid().pictures?.[0]).toBe(9);
    expect(grid().pictures?.length).toBe(10 * gridGuidances.length * 64);
    expect(requests).toEqual([
      { labels: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], guidances: gridGuidances, steps: 3, seed: 7 },
    ]);
    expect(vi.mocked(study).mock.calls[0]?.[1]).toEqual({ shipped: 'digitsByClass' });
  });

  it('stops where it is, and starts anew with other settings', async () => {
    const { store, grid, requests } = page();
    void store.getState().runClassGrid();
    await vi.advanceTimersByTimeAsync(58);
    store.getState().stopClassGrid();
    expect(grid()).toMatchObject({ status: 'stopped', done: 2 });
    await vi.advanceTimersByTimeAsync(100);
    expect(grid().pictures?.[0]).toBe(2);
    store.getState().setClassGrid({ seed: 8 });
    const run = store.getState().runClassGrid();
    await vi.advanceTimersByTimeAsync(200);
    await run;
    expect(grid().status).toBe('finished');
    expect(requests.map(({ seed }) => seed)).toEqual([2, 8]);
  });

  it('says why it cannot be drawn, and what failed', async () => {
    const none = page({ dataset: 'shapes' });
    await none.store.getState().runClassGrid();
    expect(none.grid().problem).toContain('No model has learned the classes of Shapes');
    const { store, grid, study } = page();
    vi.mocked(study).mockRejectedValueOnce(new Error('The file is gone.'));
    await store.getState().runClassGrid();
    expect(grid()).toMatchObject({ status: 'failed', problem: 'The file is gone.' });
  });
});
