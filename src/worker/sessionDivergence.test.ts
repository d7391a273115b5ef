import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fusedOperations } from '../engine/kernels/fused';
import type { Operations } from '../engine/kernels/operations';
import { MemoryAutosave } from '../testing/autosave';
import { ofKind, sessionWithModel, wasmWith } from '../testing/session';
import { tinyTraining } from '../testing/tinyModel';
import type { TrainingEvent } from './protocol';

const nobody = () => {};

// Copies of sound weights are renewed by the clock: here none is, so that the one of the run's start is what is kept.
beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

/** A loss that is NaN after some more steps, while `fails` is set. */
function failing() {
  const backend = { stepsLeft: Number.POSITIVE_INFINITY };
  const operations: Pick<Operations, 'squaredError'> = {
    squaredError: (prediction, ...rest) => {
      const poisoned = --backend.stepsLeft < 0;
      return fusedOperations.squaredError(poisoned ? prediction.mul(Number.NaN) : prediction, ...rest);
    },
  };
  return { backend, operations };
}

/** Adam whose step of that number makes the weights infinite. */
const overflowAt = (number: number): Pick<Operations, 'adamEma'> => ({
  adamEma: (updates, settings) =>
    fusedOperations.adamEma(updates, {
      ...settings,
      learningRate: settings.step === number ? Number.POSITIVE_INFINITY : settings.learningRate,
    }),
});

test('a loss that is NaN ends the run with the last sound weights, and a lower learning rate to go on with', async () => {
  const { backend, operations } = failing();
  const autosave = new MemoryAutosave();
  const session = await sessionWithModel({ autosave, startBackend: wasmWith(operations) });
  // What is measured and drawn beside the steps would count as steps here.
  await session.setSamplingShare(0);
  await session.train({ ...tinyTraining, steps: 10 }, nobody);
  const before = autosave.learned;
  backend.stepsLeft = 5;
  const events: TrainingEvent[] = [];
  const end = await session.train({ ...tinyTraining, steps: 30 }, (event) => events.push(event));
  expect(end).toEqual({
    reason: 'diverged',
    step: 10,
    message:
      'The loss of step 16 is NaN: training has diverged. The weights of step 10 are kept. ' +
      'Go on from there with a lower learning rate: 0.0005, say.',
    lowerRate: 0.0005,
  });
  const progress = ofKind(events, 'progress');
  expect(progress.at(-1)?.step).toBe(15);
  for (const { losses } of progress) expect(losses.every(Number.isFinite)).toBe(true);
  expect(autosave.learned).toEqual(before);
  backend.stepsLeft = Number.POSITIVE_INFINITY;
  expect(await session.train({ ...tinyTraining, steps: 20 }, nobody)).toEqual({
    reason: 'finished',
    step: 20,
  });
  expect(autosave.learned.losses?.length).toBe(20);
});

test('what was saved after the weights that are kept is saved no longer: the next visit has what this one has', async () => {
  const { backend, operations } = failing();
  const autosave = new MemoryAutosave();
  const session = await sessionWithModel({ autosave, startBackend: wasmWith(operations) });
  await session.setSamplingShare(0);
  await session.train({ ...tinyTraining, steps: 10 }, nobody);
  const before = autosave.learned;
  backend.stepsLeft = 8;
  let saved: Promise<void> | undefined;
  const end = await session.train({ ...tinyTraining, steps: 30 }, ({ kind }) => {
    if (kind === 'progress')
      saved ??= session.saveModel().then(() => expect(autosave.learned.step).toBeGreaterThan(10));
  });
  expect(end).toMatchObject({ reason: 'diverged', step: 10 });
  await saved;
  expect(saved).toBeDefined();
  expect(autosave.learned).toEqual(before);
});

test('held-out losses of the steps that are given up go with them', async () => {
  const autosave = new MemoryAutosave();
  const session = await sessionWithModel({ autosave, startBackend: wasmWith(overflowAt(8)) });
  const events: TrainingEvent[] = [];
  const end = await session.train({ ...tinyTraining, steps: 8 }, (event) => events.push(event));
  expect(end).toMatchObject({ reason: 'diverged', step: 0 });
  const measured = ofKind(events, 'heldOut').map(({ step }) => step);
  expect(Math.max(...measured)).toBeGreaterThan(0);
  expect((await session.restore())?.heldOutLosses).toEqual([]);
});

test('weights that overflow are found at the last step too, where no further loss would tell', async () => {
  const autosave = new MemoryAutosave();
  const session = await sessionWithModel({
    autosave,
    startBackend: wasmWith(overflowAt(8)),
  });
  const end = await session.train({ ...tinyTraining, steps: 8 }, nobody);
  expect(end).toMatchObject({ reason: 'diverged', step: 0 });
  expect(end.message).toContain('The weights at step 8 are not finite');
  expect(autosave.learned.step).toBe(0);
});

test('gradients whose squares overflow end the run too, where every loss stays finite', async () => {
  // As Adam leaves it then: v is infinite, and so m/√v is 0 from there on and the weights stand still.
  const autosave = new MemoryAutosave();
  const session = await sessionWithModel({
    autosave,
    startBackend: wasmWith({
      adamEma: (updates, settings) => {
        const grown =
          settings.step > 3 ? updates.map((u) => ({ ...u, gradient: u.gradient.add(1e25) })) : updates;
        fusedOperations.adamEma(grown as typeof updates, settings);
        // A save is when the state is looked at.
        if (settings.step === 6) session.saveModel().catch(nobody);
      },
    }),
  });
  const events: TrainingEvent[] = [];
  const end = await session.train({ ...tinyTraining, steps: 1e6 }, (event) => events.push(event));
  for (const { losses } of ofKind(events, 'progress')) expect(losses.every(Number.isFinite)).toBe(true);
  expect(end).toMatchObject({ reason: 'diverged', step: 0, lowerRate: 0.0005 });
  expect(end.message).toMatch(
    /^The second moments of Adam at step \d+ are not finite: training has diverged\. The weights of step 0 are kept\./,
  );
  expect(autosave.learned.step).toBe(0);
  expect(await session.train({ ...tinyTraining, steps: 2 }, nobody)).toEqual({ reason: 'finished', step: 2 });
});
