import { afterEach, describe, expect, test, vi } from 'vitest';
import { fusedOperations } from '../engine/kernels/fused';
import type { Operations } from '../engine/kernels/operations';
import type { TrainingSettings } from '../settings/settings';
import { MemoryAutosave } from '../testing/autosave';
import {
  losableBackend,
  ofKind,
  sampledSteps,
  sessionWithModel,
  startedSession,
  wasmWith,
} from '../testing/session';
import { networkTime } from '../testing/time';
import { tinySampling, tinyTraining } from '../testing/tinyModel';
import type { TrainingEvent } from './protocol';

afterEach(() => void vi.useRealTimers());

/** Adam, and what happens within a step of that number. */
const atStep = (number: number, happens: () => unknown): Pick<Operations, 'adamEma'> => ({
  adamEma(updates, settings) {
    fusedOperations.adamEma(updates, settings);
    if (settings.step === number) void happens();
  },
});

describe('settings that change while a run is under way', () => {
  const other: TrainingSettings = {
    ...tinyTraining,
    batchSize: 5,
    learningRate: 1e-4,
    emaDecay: 0.5,
    steps: 9,
  };

  test('are those of the next step, as if it had been paused between the two', async () => {
    const autosave = new MemoryAutosave();
    const session = await sessionWithModel({
      autosave,
      startBackend: wasmWith(atStep(4, () => session.changeTraining(other))),
    });
    expect(await session.train({ ...tinyTraining, steps: 1e6 }, () => {})).toEqual({
      reason: 'finished',
      step: 9,
    });

    const parted = new MemoryAutosave();
    const second = await sessionWithModel({ autosave: parted });
    await second.train({ ...tinyTraining, steps: 4 }, () => {});
    await second.train(other, () => {});
    expect(autosave.learned).toEqual(parted.learned);
    expect((await second.restore())?.settings).toMatchObject(other);
    expect((await session.restore())?.settings).toMatchObject(other);
  });

  test('that cannot be used are refused, and the run goes on with those before', async () => {
    let refusal: Promise<void> | undefined;
    const session = await sessionWithModel({
      startBackend: wasmWith(
        atStep(4, () => {
          refusal = session.changeTraining({ ...other, batchSize: 1619 });
          refusal.catch(() => {});
        }),
      ),
    });
    expect(await session.train(tinyTraining, () => {})).toEqual({ reason: 'finished', step: 40 });
    await expect(refusal).rejects.toThrow('The batch must hold 1 to 1618 images');
    expect((await session.restore())?.settings).toMatchObject(tinyTraining);
  });

  test('need a run: those of the next one are its own', async () => {
    const session = await sessionWithModel();
    await session.changeTraining(other);
    await session.train({ ...tinyTraining, steps: 3 }, () => {});
    await session.changeTraining(other);
    expect((await session.restore())?.settings).toMatchObject({ ...tinyTraining, steps: 3 });
  });

  test('are kept where another backend takes over', async () => {
    const operations: Partial<Operations> = atStep(4, async () => {
      await session.changeTraining(other);
      backend.lose();
    });
    const backend = await losableBackend(operations);
    const session = await sessionWithModel({ startBackend: backend.start });
    expect(await session.train({ ...tinyTraining, steps: 1e6 }, () => {})).toEqual({
      reason: 'finished',
      step: 9,
    });
  });
});

describe('the preview', () => {
  const preview = { count: 4, samplerSteps: 5, seed: 3 };

  test('is what the sampler draws from the averaged weights, by DDIM from the noise of its seed', async () => {
    const session = await sessionWithModel();
    await session.train(tinyTraining, () => {});
    const { count, seed, samplerSteps: steps } = preview;
    const drawn = await sampledSteps(session, { ...tinySampling, sampler: 'ddim', count, seed, steps });
    expect(await session.drawPreview(preview)).toEqual(drawn.at(-1)?.x);
    await expect(session.drawPreview({ ...preview, count: 0 })).rejects.toThrow(
      'The number of samples in the preview must be a whole number of at least 1, not 0.',
    );
  });

  test('of a run changes with its settings, at once, and ends as it is drawn afterwards', async () => {
    const other = { count: 2, samplerSteps: 3, seed: 8 };
    const events: TrainingEvent[] = [];
    const session = await sessionWithModel({ startBackend: wasmWith(networkTime(10)) });
    await session.setSamplingShare(0.5);
    const settings = { ...tinyTraining, steps: 150, preview };
    let changedAt = 0;
    await session.train(settings, (event) => {
      events.push(event);
      if (changedAt > 0 || ofKind(events, 'preview').length < 2) return;
      changedAt = events.length;
      void session.changeTraining({ ...settings, preview: other });
    });
    const counts = (some: TrainingEvent[]) => new Set(ofKind(some, 'preview').map(({ count }) => count));
    expect(counts(events.slice(0, changedAt))).toEqual(new Set([4]));
    expect(counts(events.slice(changedAt))).toEqual(new Set([2]));
    const [before, after] = [events[changedAt - 1], ofKind(events.slice(changedAt), 'preview')[0]] as const;
    // By shares that are equal, three steps of the sampler take three steps of training; a pause would be fifty.
    expect(after?.step).toBeLessThan((before as { step: number }).step + 10);
    const last = ofKind(events, 'preview').at(-1);
    expect(last?.step).toBe(150);
    expect(last?.images).toEqual(await session.drawPreview(other));
  });

  test('needs a model', async () => {
    await expect((await startedSession()).drawPreview(preview)).rejects.toThrow('There is no model');
  });
});
