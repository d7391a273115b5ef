import { afterEach, expect, test, vi } from 'vitest';
import { readSafetensors, writeSafetensors } from '../engine/checkpoint/safetensors';
import { fusedOperations } from '../engine/kernels/fused';
import { MemoryAutosave } from '../testing/autosave';
import { ofKind, sampledSteps, sessionWithDigits, sessionWithModel, wasmWith } from '../testing/session';
import { networkTime, tasks } from '../testing/time';
import { tinyConfig, tinySampling, tinyTraining } from '../testing/tinyModel';
import type { TrainingEvent } from './protocol';

const nobody = () => {};

afterEach(() => void vi.useRealTimers());

test('on a first visit there is no model', async () => {
  expect(await (await sessionWithDigits()).restore()).toBeNull();
});

test('the model is there on the next visit, trained or not, and draws the same images', async () => {
  const autosave = new MemoryAutosave();
  const session = await sessionWithModel({ autosave });
  const fresh = await (await sessionWithDigits({ autosave })).restore();
  expect(fresh).toMatchObject({ config: tinyConfig, step: 0, dataset: 'digits', settings: null });
  await session.train(tinyTraining, nobody);
  const images = await sampledSteps(session, tinySampling);
  const next = await sessionWithDigits({ autosave });
  expect(await next.restore()).toMatchObject({
    config: tinyConfig,
    step: 40,
    dataset: 'digits',
    settings: tinyTraining,
  });
  expect(await sampledSteps(next, tinySampling)).toEqual(images);
});

test('training that was interrupted and brought back is the one that never stopped', async () => {
  const whole = new MemoryAutosave();
  await (await sessionWithModel({ autosave: whole })).train({ ...tinyTraining, steps: 24 }, nobody);
  const expected = whole.learned;
  expect(expected.step).toBe(24);

  const autosave = new MemoryAutosave();
  const first = await sessionWithModel({ autosave });
  await first.train({ ...tinyTraining, steps: 11 }, nobody);
  const second = await sessionWithDigits({ autosave });
  const restored = await second.restore();
  expect(restored).toMatchObject({
    config: tinyConfig,
    step: 11,
    dataset: 'digits',
    settings: { ...tinyTraining, steps: 11 },
  });
  expect(restored?.losses).toEqual(expected.losses?.slice(0, 11));
  await second.train({ ...tinyTraining, steps: 24 }, nobody);
  expect(autosave.learned).toEqual(expected);
});

test('a save in the middle of a run has the loss of every step, however late losses come', async () => {
  const autosave = new MemoryAutosave();
  const session = await sessionWithModel({
    autosave,
    startBackend: wasmWith({
      squaredError(...args) {
        const shares = fusedOperations.squaredError(...args);
        const data = shares.data.bind(shares);
        return Object.assign(shares, { data: () => tasks(20).then(() => data()) });
      },
    }),
  });
  await session.setSamplingShare(0);
  const run = session.train({ ...tinyTraining, steps: 12 }, ({ kind }) => {
    if (kind === 'progress') saves.push(session.saveModel().then(() => autosave.learned));
  });
  const saves: Promise<typeof autosave.learned>[] = [];
  expect(await run).toEqual({ reason: 'finished', step: 12 });
  const kept = await Promise.all(saves);
  expect(kept.some(({ step }) => step !== undefined && step < 12)).toBe(true);
  for (const { step, losses } of kept) {
    expect(losses?.length).toBe(step);
    expect(losses?.every(Number.isFinite)).toBe(true);
  }
});

test('held-out losses come back, and whether the model saw the held-out images', async () => {
  const sawHeldOut = async ({ sawHeldOut: saw }: { sawHeldOut: boolean }) => saw;
  const studies = { sawHeldOut };
  const autosave = new MemoryAutosave();
  const session = await sessionWithModel({ autosave, startBackend: wasmWith(networkTime(10)) });
  await session.setSamplingShare(0.5);
  const events: TrainingEvent[] = [];
  await session.train({ ...tinyTraining, steps: 200 }, (event) => events.push(event));
  const told = ofKind(events, 'heldOut');
  expect(told.length).toBeGreaterThan(1);
  expect(told.at(-1)?.step).toBe(200);
  expect(told.at(-1)?.loss).toBeLessThan(0.7 * (told[0]?.loss as number));
  const next = await sessionWithDigits({ autosave, studies });
  const restored = await next.restore();
  expect(restored?.heldOutLosses).toEqual(told.map(({ step, loss }) => ({ step, loss })));
  const ask = (of: typeof next) =>
    of.study<typeof sawHeldOut>('sawHeldOut', { own: 'ema' }, undefined as never);
  expect(await ask(next)).toBe(false);

  // As it was saved before there was a split.
  const { tensors, metadata } = readSafetensors(autosave.bundle as Uint8Array);
  const state = JSON.parse(metadata.training as string);
  expect(state.extra.sawHeldOut).toBe(false);
  delete state.extra.sawHeldOut;
  delete state.extra.heldOutLosses;
  autosave.bundle = writeSafetensors(tensors, { ...metadata, training: JSON.stringify(state) });
  const later = await sessionWithDigits({ autosave, studies });
  expect((await later.restore())?.heldOutLosses).toEqual([]);
  expect(await ask(later)).toBe(true);
});

test('a damaged file is said to be so, and a new model can be made', async () => {
  const autosave = new MemoryAutosave();
  await sessionWithModel({ autosave });
  const bundle = autosave.bundle as Uint8Array;
  autosave.bundle = bundle.slice(0, bundle.length / 2);
  const next = await sessionWithDigits({ autosave });
  await expect(next.restore()).rejects.toThrow('The model of your last visit cannot be brought back:');
  expect(await next.createModel(tinyConfig, 1)).toMatchObject({ config: tinyConfig });
});

test('where the last save is damaged, the one before it comes back, and the damaged one is set aside', async () => {
  const autosave = new MemoryAutosave();
  const session = await sessionWithModel({ autosave });
  await session.train({ ...tinyTraining, steps: 3 }, nobody);
  await session.train({ ...tinyTraining, steps: 5 }, nobody);
  const { learned } = autosave;
  autosave.bundle = (autosave.bundle as Uint8Array).slice(0, -1);
  const next = await sessionWithDigits({ autosave });
  expect(await next.restore()).toMatchObject({ step: 3, damage: expect.stringMatching(/cut off/) });
  expect(await next.train({ ...tinyTraining, steps: 5 }, nobody)).toEqual({ reason: 'finished', step: 5 });
  // Brought back to the bit: it went the same way again.
  expect(autosave.learned).toEqual(learned);
  expect(await (await sessionWithDigits({ autosave })).restore()).toMatchObject({ step: 5 });
});

test('a model that cannot be saved trains on all the same, and the page is told', async () => {
  const refusal = async () => {
    throw new Error('the quota is exceeded');
  };
  const session = await sessionWithModel({ autosave: { load: refusal, save: refusal, setAside: refusal } });
  const events: TrainingEvent[] = [];
  const end = await session.train({ ...tinyTraining, steps: 5 }, (event) => events.push(event));
  expect(end.reason).toBe('finished');
  const notices = ofKind(events, 'notice');
  expect(notices.length).toBeGreaterThan(0);
  for (const { message } of notices) {
    expect(message).toBe(
      'The model could not be saved in this browser (the quota is exceeded): it is lost when you leave the page.',
    );
  }
  expect(await session.restore()).toBeNull();
});
