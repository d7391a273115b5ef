import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startBackend } from '../engine/backend/start';
import { readBundle } from '../engine/checkpoint/bundle';
import { readSafetensors, writeSafetensors } from '../engine/checkpoint/safetensors';
import { splitOf } from '../engine/data/split';
import { fusedOperations } from '../engine/kernels/fused';
import type { Operations } from '../engine/kernels/operations';
import { OutOfMemoryError } from '../engine/kernels/wasm/memory';
import type { SampleChoice } from '../engine/quality/judge';
import { Random } from '../engine/training/random';
import { parseModelConfig } from '../engine/unet/config';
import type {
  BackendChange,
  SamplingSettings,
  SamplingStep,
  TrainingEvent,
  TrainingSettings,
} from './protocol';
import { Session, type Surroundings } from './session';
import type { QualityReport } from './studies/quality';

const config = parseModelConfig({
  image_channels: 1,
  image_size: 8,
  n_channels: 8,
  ch_mults: [1, 2],
  is_attn: [false, false],
  n_blocks: 1,
  n_steps: 50,
  n_groups: 4,
  n_final_groups: 4,
  dropout: 0.1,
});
const training: TrainingSettings = {
  batchSize: 8,
  learningRate: 2e-3,
  emaDecay: 0.99,
  steps: 40,
  preview: { count: 4, samplerSteps: 5, seed: 1 },
};
const sampling: SamplingSettings = {
  count: 3,
  seed: 7,
  sampler: 'ancestral',
  steps: 50,
  spacing: 'even',
  variance: 'beta',
  eta: 0,
  clipX0: true,
  noiseAtEnd: false,
  weights: 'ema',
};
const nobody = () => {};

/** Storage that keeps what it gets, as the browser's does. */
function storage() {
  const kept: { bundle: Uint8Array | null; before: Uint8Array | null; saves: number } = {
    bundle: null,
    before: null,
    saves: 0,
  };
  return {
    kept,
    setAside: async () => {
      kept.bundle = kept.before;
      kept.before = null;
      return kept.bundle;
    },
    save: async (bundle: Uint8Array) => {
      kept.before = kept.bundle;
      kept.bundle = bundle.slice();
      kept.saves++;
    },
    load: async () => kept.bundle,
  };
}

const readData = (_: string, fileName: string) =>
  readFile(new URL(`../../public/data/${fileName}`, import.meta.url));
const readModel = (_: string, fileName: string) =>
  readFile(new URL(`../../public/models/${fileName}`, import.meta.url));

/** The wasm backend once for all sessions: it cannot start twice. */
const started = startBackend({ backend: 'wasm', threads: 1 });
/** It has started, but with operations of which some are not what they should be. */
const backendWith = (changes: Partial<Operations>) => async () => ({
  ...(await started),
  operations: { ...fusedOperations, ...changes },
});

let autosave = storage();
beforeEach(() => {
  autosave = storage();
});

async function sessionWith(changes: Partial<Surroundings> = {}): Promise<Session> {
  const session = new Session({ autosave, readData, readModel, startBackend: () => started, ...changes });
  await session.start({ baseUrl: '' });
  await session.loadDataset('digits');
  return session;
}

async function sessionWithModel(changes: Partial<Surroundings> = {}): Promise<Session> {
  const session = await sessionWith(changes);
  await session.createModel(config, 1);
  return session;
}

async function stepsOf(session: Session, settings: SamplingSettings): Promise<SamplingStep[]> {
  const steps: SamplingStep[] = [];
  expect((await session.sample(settings, (step) => steps.push(step))).reason).toBe('finished');
  return steps;
}

/** The weights, moments and random state that were saved last. */
function saved() {
  const { weights, ema, training: state } = readBundle(autosave.kept.bundle as Uint8Array);
  return {
    weights,
    ema,
    m: state?.m,
    v: state?.v,
    random: state?.random,
    step: state?.step,
    losses: state?.losses,
  };
}

function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

describe('start', () => {
  test('happens once', async () => {
    const start = vi.fn(() => started);
    const session = new Session({ autosave, readData, readModel, startBackend: start });
    const reports = await Promise.all([session.start({ baseUrl: '' }), session.start({ baseUrl: '' })]);
    expect(start).toHaveBeenCalledOnce();
    expect(reports[0]).toBe(reports[1]);
    expect(reports[0]).toMatchObject({ name: 'wasm', fused: true });
  });

  test('is needed before anything else, and so is a model', async () => {
    const session = new Session({ autosave, readData, readModel, startBackend: () => started });
    await expect(session.createModel(config, 1)).rejects.toThrow('The engine has not started.');
    const ready = await sessionWith();
    await expect(ready.train(training, nobody)).rejects.toThrow('There is no model to train');
    await expect(ready.sample(sampling, nobody)).rejects.toThrow('There is no model to sample from');
  });
});

describe('training', () => {
  test('learns: the loss falls, all of it is told, and previews come', { timeout: 60_000 }, async () => {
    const session = await sessionWithModel();
    const events: TrainingEvent[] = [];
    await session.setSamplingShare(0.2);
    const settings = { ...training, steps: 600 };
    const end = await session.train(settings, (event) => events.push(event));
    expect(end).toEqual({ reason: 'finished', step: 600 });

    const progress = events.filter((event) => event.kind === 'progress');
    let told = 0;
    const losses: number[] = [];
    for (const event of progress) {
      expect(event.step - event.losses.length).toBe(told);
      told = event.step;
      losses.push(...event.losses);
    }
    expect(told).toBe(600);
    expect(mean(losses.slice(-100))).toBeLessThan(0.5 * mean(losses.slice(0, 20)));
    expect(progress.at(-1)).toMatchObject({ secondsLeft: 0 });
    for (const { stepsPerSecond, imagesPerSecond } of progress) {
      expect(stepsPerSecond).toBeGreaterThan(0);
      expect(imagesPerSecond).toBeCloseTo(8 * stepsPerSecond, 6);
    }

    const previews = events.filter((event) => event.kind === 'preview');
    expect(previews.at(-1)?.step).toBe(600);
    for (const { images, count } of previews) {
      expect(count).toBe(4);
      expect(images.length).toBe(4 * 64);
      expect(images.every(Number.isFinite)).toBe(true);
    }
  });

  test('holds as many tensors and bytes after step 500 as after step 50', { timeout: 60_000 }, async () => {
    const session = await sessionWithModel();
    const memory = new Map<number, object>();
    await session.train({ ...training, steps: 500 }, (event) => {
      if (event.kind === 'progress') memory.set(event.step, event.memory);
    });
    const late = [...memory].filter(([step]) => step >= 50).map(([, held]) => held);
    expect(late.length).toBeGreaterThan(1);
    for (const held of late) expect(held).toEqual(late[0]);
    expect(memory.get(500)).toEqual(late[0]);
  });

  test('that was interrupted and brought back is the one that never stopped', {
    timeout: 60_000,
  }, async () => {
    const whole = await sessionWithModel();
    await whole.train({ ...training, steps: 24 }, nobody);
    const expected = saved();
    expect(expected.step).toBe(24);

    autosave = storage();
    const first = await sessionWithModel();
    await first.train({ ...training, steps: 11 }, nobody);
    const second = await sessionWith();
    const restored = await second.restore();
    expect(restored).toMatchObject({
      config,
      step: 11,
      dataset: 'digits',
      settings: { ...training, steps: 11 },
    });
    expect(restored?.losses).toEqual(expected.losses?.slice(0, 11));
    await second.train({ ...training, steps: 24 }, nobody);
    expect(saved()).toEqual(expected);
  });

  test('ends soon after a pause, even one that comes before the first step', async () => {
    const session = await sessionWithModel();
    const forever = { ...training, steps: 1e6 };
    const unstarted = session.train(forever, nobody);
    await session.pauseTraining();
    expect(await unstarted).toEqual({ reason: 'paused', step: 0 });

    let paused = 0;
    let pausing: Promise<void> | undefined;
    const end = await session.train(forever, (event) => {
      if (event.kind !== 'progress' || pausing) return;
      paused = event.step;
      pausing = session.pauseTraining();
    });
    expect(end.reason).toBe('paused');
    expect(end.step).toBeGreaterThanOrEqual(paused);
    expect(end.step).toBeLessThanOrEqual(paused + 6);
    expect(saved().step).toBe(end.step);
    await session.pauseTraining();
  });

  test('called again takes the place of the run under way, and goes on from there', async () => {
    const session = await sessionWithModel();
    const first = session.train({ ...training, steps: 1e6 }, nobody);
    const second = session.train({ ...training, steps: 30, learningRate: 1e-4 }, nobody);
    expect((await first).reason).toBe('paused');
    expect(await second).toEqual({ reason: 'finished', step: 30 });
  });

  test.each<[string, Partial<TrainingSettings>]>([
    ['learning rate must be above 0', { learningRate: Number.NaN }],
    ['learning rate must be above 0', { learningRate: 0 }],
    ['batch must hold 1 to 1618 pictures', { batchSize: 1619 }],
    ['EMA decay must be at least 0 and below 1', { emaDecay: 1 }],
    ['number of training steps must be', { steps: Number.NaN }],
  ])('refuses with “%s”, and keeps the model', async (message, changes) => {
    const session = await sessionWithModel();
    await expect(session.train({ ...training, ...changes }, nobody)).rejects.toThrow(message);
    expect((await session.train({ ...training, steps: 2 }, nobody)).step).toBe(2);
  });
});

describe('a loss that is no number', () => {
  test('ends the run with the last sound weights, and a lower learning rate to go on with', async () => {
    let fails = false;
    let calls = 0;
    const session = await sessionWithModel({
      startBackend: backendWith({
        squaredError: (prediction, ...rest) => {
          const poisoned = fails && ++calls > 5;
          return fusedOperations.squaredError(poisoned ? prediction.mul(Number.NaN) : prediction, ...rest);
        },
      }),
    });
    await session.train({ ...training, steps: 10 }, nobody);
    const before = saved();
    fails = true;
    let told = 10;
    const end = await session.train({ ...training, steps: 30 }, (event) => {
      if (event.kind !== 'progress') return;
      told = event.step;
      expect(event.losses.every(Number.isFinite)).toBe(true);
    });
    expect(end).toEqual({
      reason: 'diverged',
      step: 10,
      message:
        'The loss of step 16 is NaN: training has diverged. The weights of step 10 are kept. ' +
        'Go on from there with a lower learning rate: 0.0005, say.',
      lowerRate: 0.0005,
    });
    expect(told).toBe(15);
    expect(saved()).toEqual(before);
    fails = false;
    expect(await session.train({ ...training, steps: 20 }, nobody)).toEqual({ reason: 'finished', step: 20 });
    expect(saved().losses?.length).toBe(20);
  });

  test('is found at the last step too, where no further loss would tell', async () => {
    const session = await sessionWithModel({
      startBackend: backendWith({
        adamEma: (updates, settings) =>
          fusedOperations.adamEma(updates, {
            ...settings,
            learningRate: settings.step === 8 ? Number.POSITIVE_INFINITY : settings.learningRate,
          }),
      }),
    });
    const end = await session.train({ ...training, steps: 8 }, nobody);
    expect(end).toMatchObject({ reason: 'diverged', step: 0 });
    expect(end.message).toContain('The weights of step 8 are not finite');
    expect(saved().step).toBe(0);
  });
});

describe('sampling', () => {
  test('tells x_T, then every step; the same seed and weights give the same pictures', async () => {
    const session = await sessionWithModel();
    await session.train(training, nobody);
    const steps = await stepsOf(session, sampling);
    expect(steps.map(({ index }) => index)).toEqual(Array.from({ length: 51 }, (_, i) => i));
    expect(steps.map(({ t }) => t)).toEqual([50, ...Array.from({ length: 50 }, (_, i) => 48 - i)]);
    expect(steps[0]).toMatchObject({ total: 50, x0: null, eps: null });
    for (const { x, x0, eps } of steps.slice(1)) {
      for (const values of [x, x0, eps]) expect(values?.length).toBe(3 * 64);
    }
    expect(await stepsOf(session, sampling)).toEqual(steps);
    expect((await stepsOf(session, { ...sampling, seed: 8 })).at(-1)).not.toEqual(steps.at(-1));
    expect((await stepsOf(session, { ...sampling, weights: 'raw' })).at(-1)).not.toEqual(steps.at(-1));
    const few = await stepsOf(session, { ...sampling, sampler: 'ddim', steps: 10 });
    expect(few.map(({ t }) => t)).toEqual([50, 44, 38, 33, 27, 22, 16, 11, 5, 0, -1]);
  });

  test('goes on when the listener takes the arrays away', async () => {
    const session = await sessionWithModel();
    const expected = await stepsOf(session, sampling);
    let last: Float32Array | undefined;
    await session.sample(sampling, (step) => {
      const moved = structuredClone(step, { transfer: [step.x.buffer as ArrayBuffer] });
      last = moved.x;
    });
    expect(last).toEqual(expected.at(-1)?.x);
  });

  test('holds, takes one step, goes on and stops as it is told', async () => {
    const session = await sessionWithModel();
    const steps: SamplingStep[] = [];
    const quiet = () => new Promise((resolve) => setTimeout(resolve, 40));
    const run = session.sample({ ...sampling, paused: true }, (step) => steps.push(step));
    await quiet();
    expect(steps.length).toBe(1);
    await session.controlSampling('step');
    await session.controlSampling('step');
    await quiet();
    expect(steps.length).toBe(3);
    await session.controlSampling('run');
    while (steps.length < 6) await new Promise((resolve) => setTimeout(resolve, 1));
    await session.controlSampling('pause');
    await quiet();
    const held = steps.length;
    await quiet();
    expect(steps.length).toBe(held);
    await session.controlSampling('stop');
    expect((await run).reason).toBe('stopped');

    const first = session.sample({ ...sampling, paused: true }, nobody);
    const second = session.sample(sampling, nobody);
    expect([(await first).reason, (await second).reason]).toEqual(['stopped', 'finished']);
  });

  test('waits for a listener that is slow', async () => {
    const session = await sessionWithModel();
    let open = 0;
    let most = 0;
    await session.sample({ ...sampling, steps: 20 }, async () => {
      most = Math.max(most, ++open);
      await new Promise((resolve) => setTimeout(resolve, 5));
      open--;
    });
    expect(most).toBeLessThanOrEqual(6);
  });

  test('beside training draws with the weights of its start, in the share of the time that it has', {
    timeout: 60_000,
  }, async () => {
    const session = await sessionWithModel();
    const alone = await stepsOf(session, sampling);
    const run = session.train({ ...training, steps: 1e6 }, nobody);
    /** Of the time of a run of sampling, what its steps took. */
    const share = async () => {
      const begun = performance.now();
      const { milliseconds } = await session.sample(sampling, nobody);
      return milliseconds / (performance.now() - begun);
    };
    // Nothing was trained when it was asked for, though the run has begun.
    const steps: SamplingStep[] = [];
    await session.sample(sampling, (step) => steps.push(step));
    expect(steps).toEqual(alone);
    const byDefault = await share();
    expect(byDefault).toBeGreaterThan(0.05);
    expect(byDefault).toBeLessThan(0.12);
    await session.setSamplingShare(0.6);
    const raised = await share();
    expect(raised).toBeGreaterThan(0.4);
    expect(raised).toBeLessThan(0.68);
    await session.pauseTraining();
    expect((await run).reason).toBe('paused');
    expect(await share(), 'all of it when nothing trains').toBeGreaterThan(0.7);
  });

  test('waits for a pause of the training where it has no share, and so do previews', async () => {
    const session = await sessionWithModel();
    await session.setSamplingShare(0);
    const heard: string[] = [];
    let drawn = 0;
    let samples: Promise<unknown> | undefined;
    const run = await session.train({ ...training, steps: 300 }, ({ kind }) => {
      heard.push(kind);
      samples ??= session.sample(sampling, ({ index }) => {
        drawn = index;
      });
    });
    expect(run).toEqual({ reason: 'finished', step: 300 });
    expect(heard).not.toContain('preview');
    expect(drawn).toBeLessThan(50);
    await samples;
    expect(drawn).toBe(50);
    await expect(session.setSamplingShare(0.95)).rejects.toThrow(
      "Sampling's share of the time must be from 0 to 0.9, not 0.95.",
    );
  });

  test.each<[string, Partial<SamplingSettings>]>([
    ['number of pictures must be a whole number from 1', { count: 0 }],
    ['number of steps must be', { steps: 0.5 }],
    ['η must be from 0 to 1', { eta: 2 }],
    ["no sampler 'euler'", { sampler: 'euler' as never }],
  ])('refuses with “%s”', async (message, changes) => {
    const session = await sessionWithModel();
    await expect(session.sample({ ...sampling, ...changes }, nobody)).rejects.toThrow(message);
  });
});

describe('a model', () => {
  test('takes the place of the one before only when it was made', async () => {
    const session = await sessionWithModel();
    await session.train(training, nobody);
    const before = await stepsOf(session, sampling);
    await expect(session.createModel({ ...config, nChannels: 10 }, 1)).rejects.toThrow(
      /10 channels cannot be split/,
    );
    const huge = { ...config, nChannels: 1024, chMults: [4, 4], nGroups: 32 };
    await expect(session.createModel(huge, 1)).rejects.toThrow(
      /takes about \d+\.\d GiB, and there are 3\.0 GiB/,
    );
    await expect(session.createModel({ ...config, imageSize: 16 }, 1)).rejects.toThrow(
      'takes pictures of 16×16×1, but those of Digits are 8×8×1',
    );
    await expect(session.createModel({ ...config, nClasses: 3 }, 1)).rejects.toThrow(
      'The model has 3 classes, but Digits has 10',
    );
    expect(await stepsOf(session, sampling)).toEqual(before);
    expect(await session.createModel(config, 2)).toEqual({ config, parameters: expect.any(Number) });
    expect((await stepsOf(session, sampling)).at(-1)).not.toEqual(before.at(-1));
  });

  test('is not there on a first visit', async () => {
    expect(await (await sessionWith()).restore()).toBeNull();
  });

  test('is there on the next visit, trained or not, and draws the same pictures', async () => {
    const session = await sessionWithModel();
    const fresh = await (await sessionWith()).restore();
    expect(fresh).toMatchObject({ config, step: 0, dataset: 'digits', settings: null });
    await session.train(training, nobody);
    const pictures = await stepsOf(session, sampling);
    const next = await sessionWith();
    expect(await next.restore()).toMatchObject({ config, step: 40, dataset: 'digits', settings: training });
    expect(await stepsOf(next, sampling)).toEqual(pictures);
  });

  test('keeps its held-out losses, and whether it saw the held-out pictures', {
    timeout: 60_000,
  }, async () => {
    const session = await sessionWithModel();
    await session.setSamplingShare(0.5);
    const events: TrainingEvent[] = [];
    await session.train({ ...training, steps: 200 }, (event) => events.push(event));
    const told = events.flatMap((event) => (event.kind === 'heldOut' ? [event] : []));
    expect(told.length).toBeGreaterThan(1);
    expect(told.at(-1)?.step).toBe(200);
    expect(told.at(-1)?.loss).toBeLessThan(0.7 * (told[0]?.loss as number));
    const next = await sessionWith();
    const restored = await next.restore();
    expect(restored?.heldOutLosses).toEqual(told.map(({ step, loss }) => ({ step, loss })));
    const request = { count: 40, seed: 1, sampler: 'ddim', steps: 2, guidance: 0 } as const;
    expect(await next.study('quality', { own: 'ema' }, request)).toMatchObject({ sawHeldOut: false });

    // As it was saved before there was a split.
    const { tensors, metadata } = readSafetensors(autosave.kept.bundle as Uint8Array);
    const state = JSON.parse(metadata.training as string);
    expect(state.extra.sawHeldOut).toBe(false);
    delete state.extra.sawHeldOut;
    delete state.extra.heldOutLosses;
    autosave.kept.bundle = writeSafetensors(tensors, { ...metadata, training: JSON.stringify(state) });
    const later = await sessionWith();
    expect((await later.restore())?.heldOutLosses).toEqual([]);
    expect(await later.study('quality', { own: 'ema' }, request)).toMatchObject({ sawHeldOut: true });
  });

  test('whose file is damaged cannot be brought back; that is said, and a new one can be made', async () => {
    await sessionWithModel();
    const bundle = autosave.kept.bundle as Uint8Array;
    autosave.kept.bundle = bundle.slice(0, bundle.length / 2);
    const next = await sessionWith();
    await expect(next.restore()).rejects.toThrow('The model of your last visit cannot be brought back:');
    expect(await next.createModel(config, 1)).toMatchObject({ config });
  });

  test('whose last save is damaged is back as it was saved before, and the damaged one is set aside', async () => {
    const session = await sessionWithModel();
    await session.train({ ...training, steps: 3 }, nobody);
    await session.train({ ...training, steps: 5 }, nobody);
    const bundle = autosave.kept.bundle as Uint8Array;
    autosave.kept.bundle = bundle.slice(0, -1);
    const next = await sessionWith();
    expect(await next.restore()).toMatchObject({ step: 3, damage: expect.stringMatching(/cut off/) });
    expect(await next.train({ ...training, steps: 5 }, nobody)).toEqual({ reason: 'finished', step: 5 });
    // Brought back to the bit: it went the same way again. (When its held-out loss is measured depends on the machine.)
    const learned = (bytes: Uint8Array) => {
      const { weights, ema, training } = readBundle(bytes);
      return {
        weights,
        ema,
        m: training?.m,
        v: training?.v,
        random: training?.random,
        losses: training?.losses,
      };
    };
    expect(learned(autosave.kept.bundle as Uint8Array)).toEqual(learned(bundle));
    const later = await sessionWith();
    expect(await later.restore()).toMatchObject({ step: 5 });
  });

  test('that cannot be saved trains on all the same, and the page is told', async () => {
    const refusal = async () => {
      throw new Error('the quota is exceeded');
    };
    const session = await sessionWithModel({ autosave: { load: refusal, save: refusal, setAside: refusal } });
    const notices: string[] = [];
    const listen = (event: TrainingEvent) => {
      if (event.kind === 'notice') notices.push(event.message);
    };
    expect((await session.train({ ...training, steps: 5 }, listen)).reason).toBe('finished');
    expect(notices.length).toBeGreaterThan(0);
    for (const notice of notices) {
      expect(notice).toBe(
        'The model could not be saved in this browser (the quota is exceeded): it is lost when you leave the page.',
      );
    }
    expect(await session.restore()).toBeNull();
  });
});

describe('a GPU that stops', () => {
  /** A backend that says it is webgpu, and how it is lost; after that there is only wasm. */
  async function losable(operations: Partial<Operations> = {}) {
    const { report } = await started;
    let onLost: (reason: string) => void = nobody;
    const start = vi.fn<typeof startBackend>(async (options = {}) => {
      if (options.without?.includes('webgpu')) return started;
      onLost = options.onLost ?? nobody;
      return { report: { ...report, name: 'webgpu' }, operations: { ...fusedOperations, ...operations } };
    });
    const lose = (reason: string) => onLost(reason);
    return { start, lose };
  }
  const message =
    'The GPU stopped (the driver was reset). The model is back as it was at step 12, and the engine goes on with WebAssembly.';

  test('training goes on with the next backend from what was saved, samples end, and the page is told', async () => {
    const whole = await sessionWithModel();
    await whole.train({ ...training, steps: 30 }, nobody);
    const expected = saved();
    autosave = storage();
    const { start, lose } = await losable();
    const session = await sessionWithModel({ startBackend: start });
    const changes: BackendChange[] = [];
    await session.start({ baseUrl: '' }, (change) => changes.push(change));
    await session.train({ ...training, steps: 12 }, nobody);
    const steps: number[] = [];
    let lost = false;
    const run = session.train({ ...training, steps: 30 }, (event) => {
      if (event.kind !== 'progress') return;
      steps.push(event.step - event.losses.length);
      if (event.step <= 15 || lost) return;
      lost = true;
      lose('the driver was reset');
    });
    const samples = session.sample({ ...sampling, paused: true }, nobody);
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
    expect(steps.filter((first) => first === 12).length).toBe(2);
    const { weights, random, losses } = saved();
    expect({ weights, random, losses }).toEqual({
      weights: expected.weights,
      random: expected.random,
      losses: expected.losses,
    });
    expect((await stepsOf(session, sampling)).length).toBe(51);
  });

  test('where nobody computes: the next backend has the model at once', async () => {
    const { start, lose } = await losable();
    const session = await sessionWithModel({ startBackend: start });
    await session.train({ ...training, steps: 12 }, nobody);
    const told = new Promise<BackendChange>((resolve) => void session.start({ baseUrl: '' }, resolve));
    lose('the driver was reset');
    expect(await told).toMatchObject({ step: 12, message: expect.not.stringContaining('It had taken') });
    expect((await session.exportModel({ kind: 'bundle' })).step).toBe(12);
  });

  test('a pause that comes with it is heeded', async () => {
    const { start, lose } = await losable();
    const session = await sessionWithModel({ startBackend: start });
    await session.train({ ...training, steps: 12 }, nobody);
    const run = session.train({ ...training, steps: 1e6 }, nobody);
    setTimeout(() => {
      lose('the driver was reset');
      void session.pauseTraining();
    }, 30);
    expect(await run).toEqual({ reason: 'paused', step: 12 });
  });

  test('while a model is made or brought back: that is done with the next backend', async () => {
    const { start, lose } = await losable();
    const session = await sessionWithModel({ startBackend: start });
    const made = session.createModel({ ...config, nChannels: 4 }, 2);
    lose('the driver was reset');
    expect((await made).config.nChannels).toBe(4);
    expect(await session.train({ ...training, steps: 3 }, nobody)).toEqual({ reason: 'finished', step: 3 });
    const other = await losable();
    const next = await sessionWith({ startBackend: other.start });
    const restored = next.restore();
    other.lose('the driver was reset');
    expect(await restored).toMatchObject({ step: 3 });
    expect(await next.train({ ...training, steps: 4 }, nobody)).toEqual({ reason: 'finished', step: 4 });
  });

  test('while the model is read for a save: what was saved before stays', async () => {
    let reading = false;
    const { start, lose } = await losable();
    const session = await sessionWithModel({ startBackend: start });
    await session.train({ ...training, steps: 12 }, nobody);
    const before = autosave.kept.saves;
    const data = tf.Tensor.prototype.data;
    const spy = vi.spyOn(tf.Tensor.prototype, 'data').mockImplementation(function (this: tf.Tensor) {
      if (reading) lose('the driver was reset');
      return data.call(this);
    });
    reading = true;
    const exported = await session.exportModel({ kind: 'bundle' });
    spy.mockRestore();
    // The first attempt is not kept, though its numbers came.
    expect(exported.step).toBe(12);
    await session.saveModel();
    expect(autosave.kept.saves).toBe(before + 2);
  });

  test('is noticed where it answers no longer', async () => {
    let silent = false;
    const { start, lose } = await losable({
      squaredError: (...args) => {
        const loss = fusedOperations.squaredError(...args);
        return silent ? Object.assign(loss, { data: () => new Promise(nobody) }) : loss;
      },
    });
    const session = await sessionWithModel({ startBackend: start });
    await session.train({ ...training, steps: 12 }, nobody);
    silent = true;
    const run = session.train({ ...training, steps: 30 }, nobody);
    setTimeout(() => {
      silent = false;
      lose('the driver was reset');
    }, 50);
    expect(await run).toEqual({ reason: 'finished', step: 30 });
  });
});

test('memory that runs out ends the run with what to do, and the model can train on', async () => {
  let full = false;
  const session = await sessionWithModel({
    startBackend: backendWith({
      convTranspose2d: (...args) => {
        if (full) throw new OutOfMemoryError(2 ** 30);
        return fusedOperations.convTranspose2d(...args);
      },
    }),
  });
  await session.train({ ...training, steps: 4 }, nobody);
  const held = tf.memory();
  full = true;
  await expect(session.train(training, nobody)).rejects.toThrow(
    'Out of memory: the wasm backend cannot hold another 1024.0 MiB. Take a smaller batch or fewer channels.',
  );
  const { numTensors, numBytes } = tf.memory();
  expect({ numTensors, numBytes }, 'nothing of the step is left').toMatchObject({
    numTensors: held.numTensors,
    numBytes: held.numBytes,
  });
  full = false;
  expect(await session.train({ ...training, steps: 6 }, nobody)).toEqual({ reason: 'finished', step: 6 });
});

afterAll(() => vi.restoreAllMocks());

describe('a study', () => {
  test('asks a model without disturbing its training, and gives its copy back', async () => {
    const session = await sessionWith();
    await session.createModel(config, 1);
    const xt = new Float32Array(2 * config.imageSize ** 2).fill(0.5);
    const [first, second] = [
      await session.study('denoising', { own: 'raw' }, { xt, t: 3 }),
      await session.study('denoising', { own: 'raw' }, { xt, t: 3 }),
    ];
    expect(first.eps.every(Number.isFinite)).toBe(true);
    expect(first).toEqual(second);
    const tensors = tf.memory().numTensors;
    await session.study('denoising', { own: 'ema' }, { xt, t: 3 });
    expect(tf.memory().numTensors).toBe(tensors);
  });

  test('of the model that ships needs none of the user’s', async () => {
    const session = await sessionWith();
    const noise = new Random(1).normal(64);
    const { eps } = await session.study('denoising', { shipped: 'digits' }, { xt: noise, t: 999 });
    // Nearly all of x at the last t is noise.
    expect(mean(eps.map((value, i) => (value - (noise[i] as number)) ** 2))).toBeLessThan(0.05);
  });

  test('needs a model', async () => {
    const session = await sessionWith();
    const request = { xt: new Float32Array(64), t: 3 };
    await expect(session.study('denoising', { own: 'ema' }, request)).rejects.toThrow('There is no model');
  });
});

describe('quality', () => {
  const request = { count: 64, seed: 1, sampler: 'ddim', steps: 25, guidance: 0 } as const;
  const noReport = () => {};

  test('of the shipped model lies between floor and ceiling', { timeout: 60_000 }, async () => {
    const session = await sessionWith();
    const reports: QualityReport[] = [];
    const result = await session.study('quality', { shipped: 'digits' }, request, (report) => {
      reports.push(report);
    });
    if (!result) throw new Error('It was not to be stopped.');
    const { features, samples, nearest, distances } = result;
    if (!features) throw new Error('The digits have features.');
    const { model, floor, ceiling } = features;
    expect(floor.frechet).toBeLessThan(model.frechet);
    expect(3 * model.frechet).toBeLessThan(ceiling.frechet);
    expect(floor.precision).toBeGreaterThan(0.6);
    expect(model.precision).toBeGreaterThan(0.5);
    expect(ceiling.precision).toBeLessThan(0.1);
    expect(ceiling.recall).toBeLessThan(0.1);
    // The model has learned from these alone.
    const { images } = splitOf(await session.loadDataset('digits')).training;
    for (let i = 0; i < request.count; i++) {
      const picture = (values: Float32Array, index: number) => values.subarray(index * 64, (index + 1) * 64);
      const distance = (other: Float32Array) => rms(picture(samples, i), other);
      const all = Array.from({ length: images.length / 64 }, (_, k) => distance(picture(images, k)));
      expect(distances[i]).toBeCloseTo(Math.min(...all), 5);
      expect(distance(picture(nearest, i))).toBeCloseTo(distances[i] as number, 5);
    }
    expect(reports.map(({ stage }) => stage)).toEqual([...new Array(26).fill('sampling'), 'comparing']);
  });

  test('of a model with classes: guidance makes its samples less varied', { timeout: 60_000 }, async () => {
    const session = await sessionWith();
    const source = { shipped: 'digitsByClass' } as const;
    const plain = await session.study('quality', source, request, noReport);
    const guided = await session.study('quality', source, { ...request, guidance: 6 }, noReport);
    const [one, other] = [plain?.features?.model, guided?.features?.model];
    expect(one?.precision).toBeGreaterThan(0.6);
    expect(one?.frechet).toBeLessThan(other?.frechet as number);
    expect(one?.recall).toBeGreaterThan(other?.recall as number);
  });

  test('of noise in, noise out is near the ceiling; it can be stopped', { timeout: 60_000 }, async () => {
    const session = await sessionWithModel();
    const result = await session.study('quality', { own: 'raw' }, request, noReport);
    const { model, floor } = result?.features ?? {};
    expect(model?.frechet).toBeGreaterThan(10 * (floor?.frechet ?? Number.NaN));
    expect(result?.heldOutLoss).toBeGreaterThan(0.9);
    expect(result?.sawHeldOut).toBe(false);
    expect(await session.study('quality', { own: 'raw' }, request, ({ done }) => done < 5)).toBeNull();
  });

  test.each<[string, Partial<SampleChoice>]>([
    ['number of samples must be a whole number from 40 to 179, not 39', { count: 39 }],
    ['from 40 to 179, not 180', { count: 180 }],
    ["no sampler 'euler'", { sampler: 'euler' as never }],
    ['guidance w must be from 0 to 8, not 9', { guidance: 9 }],
  ])('refuses with “%s”', async (message, changes) => {
    const session = await sessionWith();
    const asked = session.study('quality', { shipped: 'digits' }, { ...request, ...changes }, noReport);
    await expect(asked).rejects.toThrow(message);
  });
});

function rms(a: Float32Array, b: Float32Array): number {
  return Math.sqrt(mean(a.map((value, i) => (value - (b[i] as number)) ** 2)));
}

describe('a model with classes', () => {
  const byClass = { ...config, nClasses: 10 };
  const pictures = async (session: Session, changes: Partial<SamplingSettings>) =>
    (await stepsOf(session, { ...sampling, steps: 5, ...changes })).at(-1)?.x as Float32Array;

  test('is told the classes of its batches, saves what it learned of them, and draws them', async () => {
    const session = await sessionWith();
    await session.createModel(byClass, 1);
    const before = saved().weights.get('class_emb.weight')?.data as Float32Array;
    await session.train({ ...training, steps: 12, classDropout: 0.3 }, nobody);
    const after = saved().weights.get('class_emb.weight')?.data as Float32Array;
    // A column a class and one for none: each was met, among 96 pictures, and has moved.
    const columns = Array.from({ length: 11 }, (_, column) => column);
    const moved = columns.filter((column) =>
      after.some((value, i) => i % 11 === column && value !== before[i]),
    );
    expect(moved).toEqual(columns);

    const again = await sessionWith();
    expect(await again.restore()).toMatchObject({
      config: { nClasses: 10 },
      settings: { classDropout: 0.3 },
    });
    const [threes, fives] = [await pictures(again, { classes: 3 }), await pictures(again, { classes: 5 })];
    expect(fives).not.toEqual(threes);
    expect(await pictures(again, { classes: 3, guidance: 2 })).not.toEqual(threes);
    const none = await pictures(again, { classes: 'none', guidance: 2 });
    expect(await pictures(again, {})).toEqual(none);
    const each = await pictures(again, { classes: 'each', sampler: 'ddim' });
    const zeros = await pictures(again, { classes: 0, sampler: 'ddim' });
    expect(each.subarray(0, 64)).toEqual(zeros.subarray(0, 64));
    expect(each.subarray(64, 128)).not.toEqual(zeros.subarray(64, 128));
  });

  test('without classes, or without that one, it is said', async () => {
    const session = await sessionWithModel();
    await expect(session.sample({ ...sampling, classes: 3 }, nobody)).rejects.toThrow(
      'This model has learned no classes',
    );
    const request = { labels: [0], guidances: [0], steps: 2, seed: 1 };
    await expect(session.study('classGrid', { own: 'ema' }, request)).rejects.toThrow('learned no classes');
    await session.createModel(byClass, 1);
    await expect(session.sample({ ...sampling, classes: 10 }, nobody)).rejects.toThrow('from 0 to 9, not 10');
    await expect(session.sample({ ...sampling, classes: 1, guidance: 9 }, nobody)).rejects.toThrow(
      'from 0 to 8, not 9',
    );
  });

  test('is asked for a grid, which ends early where nobody wants it, and for one guess', async () => {
    const session = await sessionWith();
    await session.createModel(byClass, 1);
    const own = { own: 'ema' } as const;
    const request = { labels: [4, 7], guidances: [0, 3, 0], steps: 6, seed: 2 };
    const done: number[] = [];
    const grid = await session.study('classGrid', own, request, ({ done: step, total }) => {
      done.push(step);
      expect(total).toBe(6);
    });
    expect(done).toEqual([1, 2, 3, 4, 5, 6]);
    const cell = (row: number, column: number) => [
      ...(grid as Float32Array).subarray((row * 3 + column) * 64, (row * 3 + column + 1) * 64),
    ];
    // One noise a row: the same w gives the same picture, another w another one.
    expect(cell(0, 2)).toEqual(cell(0, 0));
    expect(cell(0, 1)).not.toEqual(cell(0, 0));
    expect(cell(1, 0)).not.toEqual(cell(0, 0));
    expect(await session.study('classGrid', own, request, () => false)).toBeNull();

    const xt = new Random(1).normal(64);
    const guess = await session.study('classGuess', own, { xt, t: 20, label: 4 });
    const { eps } = await session.study('denoising', own, { xt, t: 20 });
    const close = (a: Float32Array, b: Float32Array) =>
      mean(a.map((value, i) => Math.abs(value - (b[i] as number))));
    expect(close(guess.unconditional, eps)).toBeLessThan(1e-5);
    expect(close(guess.conditional, eps)).toBeGreaterThan(1e-3);
  });
});
