import { afterEach, describe, expect, test, vi } from 'vitest';
import type { SamplingSettings } from '../settings/samplingSettings';
import { MemoryAutosave } from '../testing/autosave';
import { sampledSteps, sessionWithDigits, sessionWithModel, wasmWith } from '../testing/session';
import { networkTime, tasks, until } from '../testing/time';
import { tinyConfig, tinySampling, tinyTraining } from '../testing/tinyModel';
import type { SamplingStep } from './protocol';
import type { Session } from './session';

const nobody = () => {};
const forever = { ...tinyTraining, steps: 1e6 };

afterEach(() => void vi.useRealTimers());

describe('sampling', () => {
  test('tells x_T, then every step; the same seed and weights give the same images', async () => {
    const session = await sessionWithModel();
    await session.train(tinyTraining, nobody);
    const steps = await sampledSteps(session, tinySampling);
    expect(steps.map(({ index }) => index)).toEqual(Array.from({ length: 51 }, (_, i) => i));
    expect(steps.map(({ t }) => t)).toEqual([50, ...Array.from({ length: 50 }, (_, i) => 48 - i)]);
    expect(steps[0]).toMatchObject({ total: 50, x0: null, eps: null });
    for (const { x, x0, eps } of steps.slice(1)) {
      for (const values of [x, x0, eps]) expect(values?.length).toBe(3 * 64);
    }
    expect(await sampledSteps(session, tinySampling)).toEqual(steps);
    expect((await sampledSteps(session, { ...tinySampling, seed: 8 })).at(-1)).not.toEqual(steps.at(-1));
    expect((await sampledSteps(session, { ...tinySampling, weights: 'raw' })).at(-1)).not.toEqual(
      steps.at(-1),
    );
    const few = await sampledSteps(session, { ...tinySampling, sampler: 'ddim', steps: 10 });
    expect(few.map(({ t }) => t)).toEqual([50, 44, 38, 33, 27, 22, 16, 11, 5, 0, -1]);
  });

  test('hears its options: DDIM of η = 1 over all steps is ancestral sampling with σ² = β̃, and that of 0 is not', async () => {
    const session = await sessionWithModel();
    const last = async (choices: Partial<SamplingSettings>) =>
      (await sampledSteps(session, { ...tinySampling, ...choices })).at(-1)?.x as Float32Array;
    const ancestral = await last({ variance: 'betaTilde' });
    const furthest = (x: Float32Array) =>
      Math.max(...x.map((value, i) => Math.abs(value - (ancestral[i] as number))));
    expect(furthest(await last({ sampler: 'ddim', eta: 1 }))).toBeLessThan(1e-3);
    for (const other of [{ sampler: 'ddim' } as const, {}])
      expect(furthest(await last(other))).toBeGreaterThan(1e-2);
    expect(await last({ noiseAtEnd: true })).not.toEqual(await last({}));
    expect(Math.max(...(await last({ clipX0: false })).map(Math.abs))).toBeGreaterThan(1.1);
  });

  test('goes on when the listener takes the arrays away', async () => {
    const session = await sessionWithModel();
    const expected = await sampledSteps(session, tinySampling);
    let last: Float32Array | undefined;
    await session.sample(tinySampling, (step) => {
      const moved = structuredClone(step, { transfer: [step.x.buffer as ArrayBuffer] });
      last = moved.x;
    });
    expect(last).toEqual(expected.at(-1)?.x);
  });

  test('holds, takes one step, goes on and stops as it is told', async () => {
    const session = await sessionWithModel();
    const steps: SamplingStep[] = [];
    const run = session.sample({ ...tinySampling, paused: true }, (step) => steps.push(step));
    await tasks();
    expect(steps.length).toBe(1);
    await session.controlSampling('step');
    await session.controlSampling('step');
    await tasks();
    expect(steps.length).toBe(3);
    await session.controlSampling('run');
    await until(() => steps.length >= 6);
    await session.controlSampling('pause');
    // The step under way still comes.
    await tasks();
    const held = steps.length;
    expect(held).toBeLessThan(51);
    await tasks();
    expect(steps.length).toBe(held);
    await session.controlSampling('stop');
    expect((await run).reason).toBe('stopped');

    const first = session.sample({ ...tinySampling, paused: true }, nobody);
    const second = session.sample(tinySampling, nobody);
    expect([(await first).reason, (await second).reason]).toEqual(['stopped', 'finished']);
  });

  test('waits for a listener that is slow', async () => {
    const session = await sessionWithModel();
    const heard: (() => void)[] = [];
    let finished = false;
    const run = session
      .sample({ ...tinySampling, steps: 20 }, () => new Promise<void>((resolve) => heard.push(resolve)))
      .finally(() => {
        finished = true;
      });
    // x_T and four steps are on their way; no more before one has arrived.
    await until(() => heard.length === 5);
    await tasks();
    expect(heard.length).toBe(5);
    for (let arrived = 0; arrived < 21; arrived++) {
      await until(() => heard.length > arrived);
      expect(finished).toBe(false);
      heard[arrived]?.();
      await tasks(10);
      expect(heard.length).toBeLessThanOrEqual(arrived + 6);
    }
    expect((await run).reason).toBe('finished');
  });

  test('beside training draws with the weights of its start, in the share of the time that it has', async () => {
    const session = await sessionWithModel({ startBackend: wasmWith(networkTime(10)) });
    const alone = await sampledSteps(session, tinySampling);
    const run = session.train(forever, nobody);
    /** Of the time of a run of sampling, what its steps took. */
    const share = async () => {
      const begun = performance.now();
      const { milliseconds } = await session.sample({ ...tinySampling, steps: 20 }, nobody);
      return milliseconds / (performance.now() - begun);
    };
    // Nothing was trained when it was asked for, though the run has begun.
    await session.setSamplingShare(0.9);
    expect(await sampledSteps(session, tinySampling)).toEqual(alone);
    await session.setSamplingShare(0.1);
    // Previews and held-out losses have part of the share.
    const byDefault = await share();
    expect(byDefault).toBeGreaterThan(0.05);
    expect(byDefault).toBeLessThan(0.12);
    await session.setSamplingShare(0.6);
    const raised = await share();
    expect(raised).toBeGreaterThan(0.4);
    expect(raised).toBeLessThan(0.68);
    await session.pauseTraining();
    expect((await run).reason).toBe('paused');
    expect(await share(), 'all of it when nothing trains').toBe(1);
  });

  test('waits for a pause of the training where it has no share, and so do previews', async () => {
    const session = await sessionWithModel();
    await session.setSamplingShare(0);
    const heard: string[] = [];
    let drawn = 0;
    let samples: Promise<unknown> | undefined;
    const run = await session.train({ ...tinyTraining, steps: 100 }, ({ kind }) => {
      heard.push(kind);
      samples ??= session.sample(tinySampling, ({ index }) => {
        drawn = index;
      });
    });
    expect(run).toEqual({ reason: 'finished', step: 100 });
    expect(heard).not.toContain('preview');
    // One may slip in between the last step and the end.
    expect(drawn).toBeLessThan(50);
    await samples;
    expect(drawn).toBe(50);
    await expect(session.setSamplingShare(0.95)).rejects.toThrow(
      "Sampling's share of the time must be from 0 to 0.9, not 0.95.",
    );
  });

  test.each<[string, Partial<SamplingSettings>]>([
    ['number of samples must be a whole number from 1', { count: 0 }],
    ['number of steps must be', { steps: 0.5 }],
    ['η must be from 0 to 1', { eta: 2 }],
    ["no sampler 'euler'", { sampler: 'euler' as never }],
  ])('refuses with “%s”', async (message, changes) => {
    const session = await sessionWithModel();
    await expect(session.sample({ ...tinySampling, ...changes }, nobody)).rejects.toThrow(message);
  });
});

describe('a model with classes', () => {
  const byClass = { ...tinyConfig, nClasses: 10 };
  const images = async (session: Session, changes: Partial<SamplingSettings>) =>
    (await sampledSteps(session, { ...tinySampling, steps: 5, ...changes })).at(-1)?.x as Float32Array;

  test('is told the classes of its batches, saves what it learned of them, and draws them', async () => {
    const autosave = new MemoryAutosave();
    const session = await sessionWithDigits({ autosave });
    await session.createModel(byClass, 1);
    const before = autosave.learned.weights.get('class_emb.weight')?.data as Float32Array;
    await session.train({ ...tinyTraining, steps: 12, classDropout: 0.3 }, nobody);
    const after = autosave.learned.weights.get('class_emb.weight')?.data as Float32Array;
    // A column a class and one for none: each was met, among 96 images, and has moved.
    const columns = Array.from({ length: 11 }, (_, column) => column);
    const moved = columns.filter((column) =>
      after.some((value, i) => i % 11 === column && value !== before[i]),
    );
    expect(moved).toEqual(columns);

    const again = await sessionWithDigits({ autosave });
    expect(await again.restore()).toMatchObject({
      config: { nClasses: 10 },
      settings: { classDropout: 0.3 },
    });
    const [threes, fives] = [await images(again, { classes: 3 }), await images(again, { classes: 5 })];
    expect(fives).not.toEqual(threes);
    expect(await images(again, { classes: 3, guidance: 2 })).not.toEqual(threes);
    const none = await images(again, { classes: 'none', guidance: 2 });
    expect(await images(again, {})).toEqual(none);
    const each = await images(again, { classes: 'each', sampler: 'ddim' });
    const zeros = await images(again, { classes: 0, sampler: 'ddim' });
    expect(each.subarray(0, 64)).toEqual(zeros.subarray(0, 64));
    expect(each.subarray(64, 128)).not.toEqual(zeros.subarray(64, 128));
  });

  test('without classes, or without that one, it is said', async () => {
    const session = await sessionWithModel();
    await expect(session.sample({ ...tinySampling, classes: 3 }, nobody)).rejects.toThrow(
      'This model has learned no classes',
    );
    await session.createModel(byClass, 1);
    await expect(session.sample({ ...tinySampling, classes: 10 }, nobody)).rejects.toThrow(
      'from 0 to 9, not 10',
    );
    await expect(session.sample({ ...tinySampling, classes: 1, guidance: 9 }, nobody)).rejects.toThrow(
      'from 0 to 8, not 9',
    );
  });
});
