import * as tf from '@tensorflow/tfjs';
import { afterEach, expect, test, vi } from 'vitest';
import { readBundle } from '../engine/checkpoint/bundle';
import { fusedOperations } from '../engine/kernels/fused';
import { MemoryAutosave } from '../testing/autosave';
import {
  losableBackend,
  ofKind,
  sampledSteps,
  sessionWithDigits,
  sessionWithModel,
} from '../testing/session';
import { tinyConfig, tinySampling, tinyTraining } from '../testing/tinyModel';
import type { BackendChange, TrainingEvent } from './protocol';
import type { Session } from './session';

afterEach(() => void vi.useRealTimers());

const nobody = () => {};
const forever = { ...tinyTraining, steps: 1e6 };
const message =
  'The GPU stopped (the driver was reset). The model is back as it was at step 12, and the engine goes on with WebAssembly.';

/** A session on a backend that can be lost, whose model has taken 12 steps. */
async function trained(autosave = new MemoryAutosave(), operations = {}) {
  const backend = await losableBackend(operations);
  const session = await sessionWithModel({ autosave, startBackend: backend.start });
  await session.train({ ...tinyTraining, steps: 12 }, nobody);
  return { ...backend, session, autosave };
}

test('training goes on with the next backend from what was saved, samples end, and the page is told', async () => {
  const whole = new MemoryAutosave();
  await (await sessionWithModel({ autosave: whole })).train({ ...tinyTraining, steps: 30 }, nobody);
  const { session, start, lose, autosave } = await trained();
  const changes: BackendChange[] = [];
  await session.start({ baseUrl: '' }, (change) => changes.push(change));
  const events: TrainingEvent[] = [];
  let lost = false;
  const run = session.train({ ...tinyTraining, steps: 30 }, (event) => {
    events.push(event);
    if (event.kind !== 'progress' || lost) return;
    lost = true;
    lose();
  });
  const samples = session.sample({ ...tinySampling, paused: true }, nobody);
  await expect(samples).rejects.toThrow(message);
  expect(await run).toEqual({ reason: 'finished', step: 30 });
  expect(start).toHaveBeenCalledTimes(2);
  expect(changes).toEqual([
    {
      backend: expect.objectContaining({ name: 'wasm' }),
      step: 12,
      message: expect.stringContaining(message),
    },
  ]);
  // What was trained after the save was trained again, the same way.
  const firsts = ofKind(events, 'progress').map(({ step, losses }) => step - losses.length);
  expect(firsts.filter((first) => first === 12).length).toBe(2);
  expect(autosave.learned).toEqual(whole.learned);
  expect((await sampledSteps(session, tinySampling)).length).toBe(51);
});

test('where nobody computes, the next backend has the model at once', async () => {
  const { session, lose } = await trained();
  const told = new Promise<BackendChange>((resolve) => void session.start({ baseUrl: '' }, resolve));
  lose();
  expect(await told).toMatchObject({ step: 12, message: expect.not.stringContaining('It had taken') });
  expect((await session.exportModel({ kind: 'bundle' })).step).toBe(12);
});

test('a model that was brought back, and not saved since, is there all the same', async () => {
  const { autosave } = await trained();
  const { start, lose } = await losableBackend();
  const next = await sessionWithDigits({ autosave, startBackend: start });
  await next.restore();
  const { saves } = autosave;
  const told = new Promise<BackendChange>((resolve) => void next.start({ baseUrl: '' }, resolve));
  lose();
  expect(await told).toMatchObject({ step: 12 });
  expect(autosave.saves).toBe(saves);
  expect(await next.train({ ...tinyTraining, steps: 13 }, nobody)).toEqual({ reason: 'finished', step: 13 });
});

test('a pause that comes with it ends the run where the model is back', async () => {
  const { session, lose } = await trained();
  let lost = false;
  const end = await session.train(forever, ({ kind }) => {
    if (kind !== 'progress' || lost) return;
    lost = true;
    lose();
    void session.pauseTraining();
  });
  expect(end).toEqual({ reason: 'paused', step: 12 });
});

test('while a model is made or brought back, that is done with the next backend', async () => {
  const { start, lose } = await losableBackend();
  const autosave = new MemoryAutosave();
  const session = await sessionWithModel({ autosave, startBackend: start });
  const made = session.createModel({ ...tinyConfig, nChannels: 4 }, 2);
  lose();
  expect((await made).config.nChannels).toBe(4);
  expect(await session.train({ ...tinyTraining, steps: 3 }, nobody)).toEqual({ reason: 'finished', step: 3 });
  const other = await losableBackend();
  const next = await sessionWithDigits({ autosave, startBackend: other.start });
  const restored = next.restore();
  other.lose();
  expect(await restored).toMatchObject({ step: 3 });
  expect(await next.train({ ...tinyTraining, steps: 4 }, nobody)).toEqual({ reason: 'finished', step: 4 });
});

test.each<[string, (session: Session, file: Blob) => Promise<unknown>]>([
  ['made', (session) => session.createModel(tinyConfig, 2)],
  ['imported', (session, file) => session.importModel(file, [])],
  ['trained', (session) => session.train({ ...tinyTraining, steps: 13 }, nobody)],
])('while a model that is %s is read for a save, what was saved before stays', async (_, act) => {
  // The clock stands: no save is due but those that are asked for.
  vi.useFakeTimers({ toFake: ['performance'] });
  const { session, lose, autosave } = await trained();
  const { bytes } = await session.exportModel({ kind: 'bundle' });
  await session.saveModel();
  const { saves } = autosave;
  const { data } = tf.Tensor.prototype;
  const spy = vi.spyOn(tf.Tensor.prototype, 'data').mockImplementation(function (this: tf.Tensor) {
    // Losses and what else training reads are no variables.
    if (this instanceof tf.Variable) lose();
    return data.call(this);
  });
  await act(session, new Blob([bytes as Uint8Array<ArrayBuffer>]));
  spy.mockRestore();
  // The first attempt is not kept, though its numbers came.
  await session.saveModel();
  expect(autosave.saves).toBe(saves + 2);
});

test('while the model is read for an export, what is exported is what the next backend has', async () => {
  const { session, lose } = await trained();
  const { bytes } = await session.exportModel({ kind: 'bundle' });
  const newest = tf.scalar(0).id;
  const { data } = tf.Tensor.prototype;
  const spy = vi.spyOn(tf.Tensor.prototype, 'data').mockImplementation(async function (this: tf.Tensor) {
    if (this.id > newest) return data.call(this);
    lose();
    return new Float32Array(this.size);
  });
  const exported = await session.exportModel({ kind: 'bundle' });
  spy.mockRestore();
  expect(exported.step).toBe(12);
  const final = (file: Uint8Array) => readBundle(file).weights.get('final.weight');
  expect(final(exported.bytes)).toEqual(final(bytes));
});

test('is noticed where it answers no longer', async () => {
  let silent = false;
  const { session, lose } = await trained(undefined, {
    squaredError: (...args: Parameters<typeof fusedOperations.squaredError>) => {
      const loss = fusedOperations.squaredError(...args);
      if (!silent) return loss;
      return Object.assign(loss, {
        data: () => {
          silent = false;
          setImmediate(lose);
          return new Promise(nobody);
        },
      });
    },
  });
  silent = true;
  expect(await session.train({ ...tinyTraining, steps: 30 }, nobody)).toEqual({
    reason: 'finished',
    step: 30,
  });
});
