import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultSettings } from '../../settings/defaultSettings';
import type { StudyEngine } from '../../store/latestStudy';
import type { PageValues } from '../../store/valuesSlice';
import { pageValues } from '../../testing/values';
import { viewCore } from '../../testing/viewCore';
import { type ClassNeeds, classModel, classOrigins, classProblem } from './classModel';
import { createClassGrid, gridGuidances } from './gridState';
import type { ClassGridRequest } from './gridStudy';
import { type ClassGridSettings, classGridGroup } from './settings';

interface Visit {
  dataset?: 'digits' | 'shapes';
  /** Of the user's model; none where there is none. */
  nClasses?: number;
  step?: number;
  /** Whether the user has chosen the own model. */
  own?: true;
}

function needs({ dataset = 'digits', nClasses, step = 5, own }: Visit = {}) {
  const config = { ...defaultSettings(dataset).model, nClasses: nClasses ?? 0 };
  const model = nClasses === undefined ? null : { config, parameters: 1 };
  return {
    session: { status: 'ready', problem: null },
    training: { model, step },
    values: { ...pageValues(dataset), origin: { origin: own ? 'own' : null } },
  } as ClassNeeds;
}

describe('the model that is asked for classes', () => {
  it.each<[string, Visit, string[], string | number | null]>([
    ['ships, before there is another', {}, ['shippedByClass'], 'digitsByClass'],
    ['ships, where the own one knows none', { nClasses: 0 }, ['shippedByClass'], 'digitsByClass'],
    [
      'is the own one that knows them, when chosen',
      { nClasses: 10, own: true },
      ['shippedByClass', 'own'],
      5,
    ],
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
  const requests: ClassGridRequest[] = [];
  const study = vi.fn(async (_, __, request, listen) => {
    requests.push(request);
    const x = new Float32Array(request.labels.length * request.guidances.length * 64);
    for (let done = 1; done <= 3; done++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      if ((await listen?.({ done, total: 3, x: x.map(() => done), x0: x })) === false) return null;
    }
    return x.fill(9);
  }) as unknown as StudyEngine['study'];
  const { values, ...others } = needs(visit);
  const core = viewCore(others, values as PageValues);
  const store = createClassGrid({ core, engine: { study } });
  const set = (settings: Partial<ClassGridSettings>) => core.getState().set(classGridGroup, settings);
  return { study, requests, set, grid: store.getState };
}

describe('the grid', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('has a row a class and a column a w, shows every step, and ends with the images', async () => {
    const { set, grid, requests, study } = page();
    set({ steps: 3, seed: 7 });
    const run = grid().draw();
    await vi.advanceTimersByTimeAsync(58);
    expect(grid()).toMatchObject({ status: 'running', done: 2, total: 3 });
    expect(grid().images?.[0]).toBe(2);
    await vi.advanceTimersByTimeAsync(100);
    await run;
    expect(grid()).toMatchObject({
      status: 'finished',
      done: 3,
      shape: { size: 8, channels: 1, classes: 10 },
    });
    expect(grid().images?.[0]).toBe(9);
    expect(grid().images?.length).toBe(10 * gridGuidances.length * 64);
    expect(requests).toEqual([
      { labels: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], guidances: gridGuidances, steps: 3, seed: 7 },
    ]);
    expect(vi.mocked(study).mock.calls[0]?.[1]).toEqual({ shipped: 'digitsByClass' });
  });

  it('stops where it is, and starts anew with other settings', async () => {
    const { set, grid, requests } = page();
    void grid().draw();
    await vi.advanceTimersByTimeAsync(58);
    grid().stop();
    expect(grid()).toMatchObject({ status: 'stopped', done: 2 });
    await vi.advanceTimersByTimeAsync(100);
    expect(grid().images?.[0]).toBe(2);
    set({ seed: 8 });
    const run = grid().draw();
    await vi.advanceTimersByTimeAsync(200);
    await run;
    expect(grid().status).toBe('finished');
    expect(requests.map(({ seed }) => seed)).toEqual([2, 8]);
  });

  it('says why it cannot be drawn, and what failed', async () => {
    const none = page({ dataset: 'shapes' });
    await none.grid().draw();
    expect(none.grid().problem).toContain('No model has learned the classes of Shapes');
    const { grid, study } = page();
    vi.mocked(study).mockRejectedValueOnce(new Error('The file is gone.'));
    await grid().draw();
    expect(grid()).toMatchObject({ status: 'failed', problem: 'The file is gone.' });
  });
});
