import { beforeEach, expect, test, vi } from 'vitest';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { QualityPoint } from '../../../engine/quality/qualityPoint';
import type { TrainingState } from '../../../store/trainingState';
import { MemoryRuns } from '../testing/memoryRuns';
import { trainingPage } from '../testing/trainingPage';
import { RunRecorder } from './recorder';

const exported = { bytes: Uint8Array.of(1, 2, 3), step: 3 };
let page: ReturnType<typeof trainingPage>;
let storage: MemoryRuns;
let now: number;
let due: (() => void) | null;
/** Runs that another tab records. */
let locked: Set<string>;
let told: (string | null)[];
let measured: StoreApi<{ model: TrainingState['model']; point: QualityPoint | null }>;

function recorder() {
  const held = new Set<string>();
  return new RunRecorder({
    core: page.core,
    engine: {
      exportModel: async () => exported as never,
      drawPreview: async () => new Float32Array(16 * 64),
    },
    storage,
    measured,
    async lock(id) {
      if (locked.has(id)) return null;
      held.add(id);
      return () => held.delete(id);
    },
    now: () => now,
    later(work) {
      due = work;
      return () => {
        due = null;
      };
    },
    tell: (_, problem) => told.push(problem),
  });
}
const kept = () => [...storage.rows.values()];
const names = () => kept().map(({ facts }) => facts.name);

beforeEach(() => {
  page = trainingPage();
  storage = new MemoryRuns();
  measured = createStore(() => ({ model: null, point: null }));
  exported.step = 3;
  [now, due, locked, told] = [0, null, new Set(), []];
});

test('a run is kept with its settings, losses, time and samples, and its checkpoint when it is finished', async () => {
  const recording = recorder();
  page.bring();
  page.train([4, 3]);
  now = 2000;
  page.train([2]);
  page.change({
    preview: { step: 3, images: new Float32Array(64), count: 1, size: 8, channels: 1, nClasses: 0 },
  });
  page.change({ heldOutLosses: [{ step: 3, loss: 0.5 }] });
  page.change({ status: 'finished' });
  await vi.waitFor(() => expect(kept()[0]?.checkpoint).toEqual({ step: 3, bundle: exported.bytes }));
  await recording.written();
  expect(kept()).toHaveLength(1);
  const { facts, body } = kept()[0] as ReturnType<typeof kept>[number];
  expect(facts).toMatchObject({
    name: `${facts.title} 1`,
    dataset: 'digits',
    step: 3,
    seconds: 2,
    loss: 3,
    heldOut: 0.5,
    backend: 'wasm',
    differs: null,
    diverged: false,
  });
  expect(body.losses.mean).toEqual([4, 3, 2]);
  expect(body.samples.map(({ step }) => step)).toEqual([3]);
  expect(body.times.at(-1)).toEqual({ step: 3, seconds: 2 });
});

test('a pause keeps the checkpoint of its step; a single step does not', async () => {
  const recording = recorder();
  page.bring();
  page.train([4, 3, 2], 'paused');
  await vi.waitFor(() => expect(kept()[0]?.checkpoint).toEqual({ step: 3, bundle: exported.bytes }));
  exported.step = 4;
  page.train([1], 'paused');
  await recording.written();
  expect(kept()[0]?.checkpoint?.step).toBe(3);
  exported.step = 6;
  page.train([1, 1], 'paused');
  await vi.waitFor(() => expect(kept()[0]?.checkpoint?.step).toBe(6));
});

test('a checkpoint that is no longer of the run is not kept with it', async () => {
  const recording = recorder();
  exported.step = 0;
  page.bring();
  page.train([4, 3, 2], 'paused');
  page.bring();
  await recording.keepCheckpoint();
  await recording.written();
  expect(kept()[0]?.checkpoint).toBeNull();
});

test('a short run that ended without samples gets those of its last step', async () => {
  const recording = recorder();
  page.bring();
  page.train([4, 3], 'finished');
  await recording.keepCheckpoint();
  await recording.written();
  expect(kept()[0]?.body.samples.map(({ step, count }) => [step, count])).toEqual([[2, 16]]);
});

test('a new model ends a run and begins another, which says what differs', async () => {
  const recording = recorder();
  page.bring();
  page.train([4, 3], 'paused');
  page.set({ 'training.learningRate': 0.001 });
  recording.nameNext('learning rate 0.001');
  page.bring();
  page.train([5], 'paused');
  await recording.written();
  expect(names()).toEqual([expect.stringMatching(/ 1$/), expect.stringMatching(/ 2: learning rate 0\.001$/)]);
  expect(kept()[0]?.body.losses.mean).toEqual([4, 3]);
  expect(kept()[1]?.facts.differs).toEqual([{ path: 'training.learningRate', before: 0.002, after: 0.001 }]);
});

test('a setting that changes on the way is marked at its step; one that is refused is not', async () => {
  const recording = recorder();
  page.bring();
  page.train([4, 3]);
  page.set({ 'training.batchSize': 32 });
  page.train([2]);
  page.set({ 'training.batchSize': 10 ** 6 });
  page.train([1], 'paused');
  await recording.written();
  expect(kept()[0]?.facts.settings.training.batchSize).toBe(64);
  expect(kept()[0]?.body.marks).toEqual([{ step: 2, path: 'training.batchSize', before: 64, after: 32 }]);
});

test('between the writes of a run under way the timer decides', async () => {
  const recording = recorder();
  page.bring();
  for (let step = 0; step < 50; step++) page.train([1]);
  await recording.written();
  expect(storage.saves).toBe(0);
  due?.();
  await recording.written();
  expect(storage.saves).toBe(1);
});

test('weights that went back take the later losses, samples and marks with them', async () => {
  const recording = recorder();
  page.bring();
  page.train([4, 3, 2, 1]);
  page.core.getState().training.losses.rewind(2);
  page.change({ step: 2, status: 'diverged' });
  await recording.written();
  expect(kept()[0]?.facts).toMatchObject({ step: 2, diverged: true });
  expect(kept()[0]?.body.losses.mean).toEqual([4, 3]);
  expect(kept()[0]?.body.times.every(({ step }) => step <= 2)).toBe(true);
});

/** A visit that trained three steps in ten seconds, and the next one, which has its model back. */
async function twoVisits(): Promise<RunRecorder> {
  const first = recorder();
  page.bring();
  page.train([4, 3]);
  now = 10_000;
  page.train([2], 'paused');
  await first.written();
  const before = page.core;
  page = trainingPage();
  expect(page.core).not.toBe(before);
  const second = recorder();
  page.bring([4, 3, 2], { isRestoring: true });
  page.change({ isRestoring: false });
  return second;
}

test('the run of the last visit goes on as the same run', async () => {
  const second = await twoVisits();
  page.train([1]);
  now = 15_000;
  page.train([0.5], 'paused');
  await second.written();
  expect(kept()).toHaveLength(1);
  expect(kept()[0]?.facts).toMatchObject({ step: 5, seconds: 15 });
  expect(kept()[0]?.body.losses.mean).toEqual([4, 3, 2, 1, 0.5]);
});

test('of two tabs with the same run one goes on with it, the other records a branch', async () => {
  const second = await twoVisits();
  for (const id of storage.rows.keys()) locked.add(id);
  page.train([1], 'paused');
  await second.written();
  expect(kept()).toHaveLength(2);
  expect(kept()[0]?.facts.step).toBe(3);
  expect(kept()[1]?.facts.from).toEqual({ name: kept()[0]?.facts.name, step: 3 });
});

test('a checkpoint that is opened begins a branch of its run', async () => {
  const recording = recorder();
  page.bring();
  page.train([4, 3, 2], 'paused');
  page.bring([4, 3]);
  page.train([9], 'paused');
  await recording.written();
  expect(kept()[1]?.facts.from).toEqual({ name: kept()[0]?.facts.name, step: 2 });
  expect(kept()[1]?.body.losses.mean).toEqual([4, 3, 9]);
});

test('a full storage is told, training goes on, and the run is kept once there is room', async () => {
  const recording = recorder();
  storage.problem = 'no more room';
  page.bring();
  page.train([4, 3], 'paused');
  await recording.written();
  expect(told).toEqual(['no more room']);
  storage.problem = null;
  page.train([2], 'paused');
  await recording.written();
  expect(kept().map(({ facts }) => facts.step)).toEqual([3]);
});

test('what is measured of the model in training is kept with its run, and outlasts later writes', async () => {
  const recording = recorder();
  page.bring();
  page.train([4, 3]);
  const { model } = page.core.getState().training;
  const point = { step: 2, count: 64, frechet: 3, precision: 0.5, recall: Number.NaN, memorised: 0 };
  measured.setState({ model, point });
  measured.setState({ model: { config: {} } as never, point: { ...point, step: 1 } });
  page.train([2], 'paused');
  await recording.written();
  expect(kept()[0]?.facts.quality).toEqual([{ ...point, recall: null }]);
  expect(kept()[0]?.facts.step).toBe(3);
});

test('a run that was deleted for good while it trained is not written again', async () => {
  const recording = recorder();
  page.bring();
  page.train([4], 'paused');
  await recording.written();
  storage.rows.clear();
  page.train([3], 'paused');
  page.train([2], 'paused');
  await recording.written();
  expect(kept()).toEqual([]);
});
