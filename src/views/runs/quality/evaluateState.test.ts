import { beforeEach, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { createRuns } from '../runsState';
import { madeRun } from '../testing/madeRun';
import { MemoryRuns } from '../testing/memoryRuns';
import { createEvaluating, unevaluated } from './evaluateState';

const result = {
  distances: Float64Array.of(0.1, 0.3),
  novelty: { threshold: 0.2 },
  features: { model: { frechet: 3, precision: 0.5, recall: 0.25 } },
};
const study = vi.fn(async (_name: string, _source: unknown, _request: unknown, listen) =>
  listen({ stage: 'sampling', done: 1, total: 25 }) ? result : null,
);
let storage: MemoryRuns;
let runs: ReturnType<typeof createRuns>;
let evaluating: ReturnType<typeof createEvaluating>;

beforeEach(async () => {
  vi.clearAllMocks();
  storage = new MemoryRuns();
  runs = createRuns({ storage, written: createStore(() => ({ run: null, problem: null })) });
  const page = { getState: () => ({ values: { data: { dataset: 'digits' as const } } }) };
  evaluating = createEvaluating({ page, runs, storage, engine: { study } as never });
  for (const id of ['a', 'b']) await storage.save(madeRun({ id, name: id }).facts, madeRun().body, true);
  await storage.keepCheckpoint('a', 40, Uint8Array.of(1));
});

test('the checkpoints of runs are evaluated the same way, once, and the result stays with each', async () => {
  const left = unevaluated(await storage.list());
  expect(left.map(({ id }) => id)).toEqual(['a']);
  await evaluating.getState().evaluate(left);
  expect(study.mock.calls[0]?.slice(0, 1)).toEqual(['quality']);
  expect(study.mock.calls[0]?.[2]).toMatchObject({ count: 64, steps: 25, seed: 1 });
  expect(storage.rows.get('a')?.facts.quality).toEqual([
    { step: 40, count: 2, frechet: 3, precision: 0.5, recall: 0.25, memorised: 0.5 },
  ]);
  expect(unevaluated(await storage.list())).toEqual([]);
  expect(evaluating.getState()).toMatchObject({ current: null, problem: null });
});

test('a run of another data set says so; a stop keeps nothing', async () => {
  await storage.save(
    madeRun({ id: 'c', name: 'Clothes', dataset: 'fashion-16' as never, title: 'Fashion' }).facts,
    madeRun().body,
    true,
  );
  await storage.keepCheckpoint('c', 4, Uint8Array.of(1));
  await evaluating.getState().evaluate(unevaluated(await storage.list()).filter(({ id }) => id === 'c'));
  expect(evaluating.getState().problem).toMatch(/^“Clothes” learned Fashion/);
  expect(study).not.toHaveBeenCalled();
  study.mockImplementationOnce(async (_name, _source, _request, listen) => {
    evaluating.getState().stop();
    return listen({ stage: 'sampling', done: 1, total: 25 }) ? result : null;
  });
  await evaluating.getState().evaluate(unevaluated(await storage.list()).filter(({ id }) => id === 'a'));
  expect(storage.rows.get('a')?.facts.quality).toEqual([]);
});
