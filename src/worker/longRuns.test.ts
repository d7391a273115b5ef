import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startBackend } from '../engine/backend/start';
import { parseModelConfig } from '../engine/unet/config';
import type { MemoryReport, SamplingSettings, TrainingSettings } from './protocol';
import { Session } from './session';

const config = parseModelConfig({
  image_channels: 1,
  image_size: 8,
  n_channels: 4,
  ch_mults: [1, 2],
  is_attn: [false, false],
  n_blocks: 1,
  n_steps: 50,
  n_groups: 2,
  n_final_groups: 2,
});
const training: TrainingSettings = {
  batchSize: 2,
  learningRate: 1e-3,
  emaDecay: 0.99,
  steps: 1e6,
  preview: { count: 1, samplerSteps: 2, seed: 1 },
};
const sampling: SamplingSettings = {
  count: 1,
  seed: 7,
  sampler: 'ddim',
  steps: 4,
  spacing: 'even',
  variance: 'beta',
  eta: 0,
  clipX0: true,
  noiseAtEnd: false,
  weights: 'ema',
};
/** 2,000 in `npm test`; LONG_RUN_STEPS=10000 for a long run. */
const LONG = Number(process.env.LONG_RUN_STEPS ?? 2000);

const started = startBackend({ backend: 'wasm', threads: 1 });

async function sessionWithModel(): Promise<Session> {
  let kept: Uint8Array | null = null;
  const session = new Session({
    autosave: {
      save: async (bundle) => {
        kept = bundle;
      },
      load: async () => kept,
      setAside: async () => null,
    },
    readData: (_, name) => readFile(new URL(`../../public/data/${name}`, import.meta.url)),
    readModel: (_, name) => readFile(new URL(`../../public/models/${name}`, import.meta.url)),
    startBackend: () => started,
  });
  await session.start({ baseUrl: '' });
  await session.loadDataset('digits');
  await session.createModel(config, 1);
  return session;
}

const held = (): MemoryReport => ({ tensors: tf.memory().numTensors, bytes: tf.memory().numBytes });

test('200 starts and stops in a row lose no step and leave nothing behind', {
  timeout: 120_000,
}, async () => {
  const session = await sessionWithModel();
  await session.train({ ...training, steps: 1 }, () => {});
  const before = held();
  let step = 1;
  for (let i = 0; i < 200; i++) {
    const run = session.train(training, () => {});
    // At once, after a turn of the event loop, or after some steps.
    if (i % 3 > 0) await new Promise((resolve) => setTimeout(resolve, i % 3 === 1 ? 0 : 5));
    await session.pauseTraining();
    const end = await run;
    expect(end.reason).toBe('paused');
    expect(end.step).toBeGreaterThanOrEqual(step);
    step = end.step;
  }
  expect(step).toBeGreaterThan(100);
  expect(held()).toEqual(before);
  expect(await session.train({ ...training, steps: step + 1 }, () => {})).toEqual({
    reason: 'finished',
    step: step + 1,
  });
});

test(`memory is as flat after ${LONG} steps as after 500`, { timeout: 600_000 }, async () => {
  const session = await sessionWithModel();
  const reports = new Map<number, MemoryReport>();
  const listen = (event: { kind: string }) => {
    const { kind, step, memory } = event as { kind: string; step: number; memory: MemoryReport };
    if (kind === 'progress') reports.set(step, memory);
  };
  await session.train({ ...training, steps: 500 }, listen);
  await session.train({ ...training, steps: LONG }, listen);
  expect(reports.get(LONG)).toEqual(reports.get(500));
});

test('whatever is asked in whatever order, each call ends, and the engine trains on', {
  timeout: 300_000,
}, async () => {
  const call = fc.oneof(
    fc.record({ what: fc.constant('train' as const), steps: fc.integer({ min: -1, max: 40 }) }),
    fc.record({ what: fc.constant('pause' as const) }),
    fc.record({
      what: fc.constant('sample' as const),
      steps: fc.integer({ min: 0, max: 6 }),
      paused: fc.boolean(),
    }),
    fc.record({
      what: fc.constant('control' as const),
      command: fc.constantFrom('run' as const, 'pause' as const, 'step' as const, 'stop' as const),
    }),
    fc.record({ what: fc.constant('share' as const), share: fc.constantFrom(0, 0.1, 0.9, Number.NaN) }),
    fc.record({ what: fc.constant('create' as const), channels: fc.constantFrom(4, 5, 8) }),
    fc.record({
      what: fc.constant('dataset' as const),
      id: fc.constantFrom('digits' as const, 'shapes' as const),
    }),
    fc.record({ what: fc.constant('restore' as const) }),
    fc.record({ what: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 4 }) }),
  );
  const session = await sessionWithModel();
  const before = held();
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 3, maxLength: 12 }), async (calls) => {
      const answers: Promise<unknown>[] = [];
      for (const one of calls) {
        if (one.what === 'train') answers.push(session.train({ ...training, steps: one.steps }, () => {}));
        if (one.what === 'pause') answers.push(session.pauseTraining());
        if (one.what === 'sample')
          answers.push(session.sample({ ...sampling, steps: one.steps, paused: one.paused }, () => {}));
        if (one.what === 'control') answers.push(session.controlSampling(one.command));
        if (one.what === 'share') answers.push(session.setSamplingShare(one.share));
        if (one.what === 'create')
          answers.push(session.createModel({ ...config, nChannels: one.channels }, 1));
        if (one.what === 'dataset') answers.push(session.loadDataset(one.id));
        if (one.what === 'restore') answers.push(session.restore());
        if (one.what === 'wait') await new Promise((resolve) => setTimeout(resolve, one.ms));
        for (const answer of answers) answer.catch(() => {});
      }
      await session.controlSampling('stop');
      await session.pauseTraining();
      const outcomes = await Promise.allSettled(answers);
      for (const outcome of outcomes)
        if (outcome.status === 'rejected')
          expect(outcome.reason.message).not.toMatch(/undefined|is not a|disposed/);
      await session.setSamplingShare(0.1);
      await session.loadDataset('digits');
      await session.createModel(config, 1);
      expect(await session.train({ ...training, steps: 1 }, () => {})).toEqual({
        reason: 'finished',
        step: 1,
      });
      expect(held()).toEqual(before);
    }),
    { numRuns: Math.ceil(Number(process.env.FUZZ_RUNS ?? 1000) / 20), endOnFailure: true },
  );
});
