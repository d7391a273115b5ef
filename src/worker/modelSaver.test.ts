import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTrainingState, disposeTrainingState } from '../engine/training/trainer';
import { MemoryAutosave } from '../testing/autosave';
import { tinyConfig } from '../testing/tinyModel';
import { readAutosave } from './autosaveFile';
import { Losses } from './losses';
import type { Model } from './model';
import { ModelSaver, type StoredSave } from './modelSaver';
import { openSaved } from './openSaved';

let model: Model;
let autosave: MemoryAutosave;
let saver: ModelSaver;
const notices: string[] = [];
const told: StoredSave[] = [];
const sound = () => {};

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  await tf.setBackend('cpu');
  model = {
    state: createTrainingState(tinyConfig, 1),
    losses: new Losses(),
    dataset: 'digits',
    settings: null,
    sawHeldOut: false,
    heldOutLosses: [],
    imported: false,
  };
  autosave = new MemoryAutosave();
  notices.length = 0;
  told.length = 0;
  saver = new ModelSaver(
    autosave,
    (message) => notices.push(message),
    (save) => told.push(save),
  );
});
afterEach(() => {
  disposeTrainingState(model.state);
  vi.useRealTimers();
});

test('what was read from a backend that failed meanwhile is not kept, and those who wait go on waiting', async () => {
  await saver.save(model, sound);
  await saver.written();
  const { bundle } = saver;
  const next = saver.next();
  let failed = false;
  const { data } = tf.Tensor.prototype;
  const spy = vi.spyOn(tf.Tensor.prototype, 'data').mockImplementation(function (this: tf.Tensor) {
    failed = true;
    return data.call(this);
  });
  const check = () => {
    if (failed) throw new Error('the driver was reset');
  };
  model.state.step = 7;
  await expect(saver.save(model, check)).rejects.toThrow('the driver was reset');
  spy.mockRestore();
  await saver.written();
  expect(saver.bundle).toBe(bundle);
  expect(autosave.saves).toBe(1);
  expect(saver.isAwaited).toBe(true);
  await saver.save(model, sound);
  expect(readAutosave(await next).training?.step).toBe(7);
  expect(saver.isAwaited).toBe(false);
});

test('nothing is brought back to a backend that failed meanwhile', async () => {
  await saver.save(model, sound);
  await saver.written();
  const { numTensors } = tf.memory();
  const check = () => {
    throw new Error('the driver was reset');
  };
  await expect(openSaved(saver, check)).rejects.toThrow('the driver was reset');
  expect(tf.memory().numTensors).toBe(numTensors);
});

test('a save that is asked for is due at once; without that, what was adopted is saved anew later', async () => {
  await saver.save(model, sound);
  const bundle = saver.bundle as Uint8Array;
  const other = new ModelSaver(autosave, () => {});
  other.adopt(bundle);
  expect(other.bundle).toBe(bundle);
  expect(other.isDue).toBe(false);
  const next = other.next();
  expect(other.isDue).toBe(true);
  other.refuse(new Error('There is no model yet.'));
  await expect(next).rejects.toThrow('There is no model yet.');
  expect(other.isDue).toBe(false);
});

test('saves reach the storage in order, and one that is refused is said to be so', async () => {
  const steps: (number | undefined)[] = [];
  autosave.save = async (bundle) => {
    const step = readAutosave(bundle).training?.step;
    if (step === 2) throw new Error('the quota is exceeded');
    steps.push(step);
  };
  for (const step of [1, 2, 3]) {
    model.state.step = step;
    await saver.save(model, sound);
  }
  await saver.written();
  expect(steps).toEqual([1, 3]);
  expect(notices).toEqual([
    'The model could not be saved in this browser (the quota is exceeded): it is lost when you leave the page.',
  ]);
});

test('saves every four seconds while the storage keeps up, and tells what it has', async () => {
  expect(saver.isDue).toBe(true);
  model.state.step = 7;
  await saver.save(model, sound);
  await saver.written();
  expect(told).toEqual([{ step: 7, ago: 0 }]);
  vi.advanceTimersByTime(3999);
  expect(saver.isDue).toBe(false);
  vi.advanceTimersByTime(2);
  expect(saver.isDue).toBe(true);
  model.state.step = 8;
  await saver.save(model, sound);
  await saver.written();
  expect(
    [autosave.before, autosave.bundle].map((bundle) => readAutosave(bundle as Uint8Array).training?.step),
  ).toEqual([7, 8]);
});

test('training waits for saves at most a fiftieth of its time', async () => {
  autosave.save = async () => {
    // The part before the first wait: the checksum of a large model.
    vi.advanceTimersByTime(300);
  };
  await saver.save(model, sound);
  await saver.written();
  // 300 ms are a fiftieth of 15 s.
  vi.advanceTimersByTime(14_600);
  expect(saver.isDue).toBe(false);
  vi.advanceTimersByTime(200);
  expect(saver.isDue).toBe(true);
});

test('a storage that is slow holds up neither training nor memory: the next save waits for it', async () => {
  let done = () => {};
  autosave.save = () =>
    new Promise((resolve) => {
      done = resolve;
    });
  await saver.save(model, sound);
  vi.advanceTimersByTime(60_000);
  expect(saver.isDue).toBe(false);
  done();
  await saver.written();
  expect(told).toEqual([{ step: 0, ago: 60_000 }]);
  expect(saver.isDue).toBe(true);
});

test('a refusal is said, and the next try comes later', async () => {
  autosave.save = async () => {
    throw new Error('full');
  };
  await saver.save(model, sound);
  await saver.written();
  expect(notices).toEqual([expect.stringContaining('could not be saved in this browser (full)')]);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(29_000);
  expect(saver.isDue).toBe(false);
  vi.advanceTimersByTime(2000);
  expect(saver.isDue).toBe(true);
});
