import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SamplingSettings } from '../settings/samplingSettings';
import type { TrainingSettings } from '../settings/settings';
import { sessionWithDigits } from '../testing/session';
import { tasks } from '../testing/time';
import { tinyConfig, tinySampling, tinyTraining } from '../testing/tinyModel';
import type { MemoryReport } from './protocol';
import type { Session } from './session';

const config = { ...tinyConfig, nChannels: 4, nGroups: 2, nFinalGroups: 2 };
const preview = { count: 1, samplerSteps: 2, seed: 1 };
const training: TrainingSettings = { ...tinyTraining, batchSize: 2, steps: 1e6, preview };
const sampling: SamplingSettings = { ...tinySampling, count: 1, sampler: 'ddim', steps: 4 };
/** 2,000 in `npm test`; LONG_RUN_STEPS=10000 for a long run. */
const LONG = Number(process.env.LONG_RUN_STEPS ?? 2000);

async function smallSession(): Promise<Session> {
  const session = await sessionWithDigits();
  await session.createModel(config, 1);
  return session;
}

const held = (): MemoryReport => ({ tensors: tf.memory().numTensors, bytes: tf.memory().numBytes });

test('200 starts and stops in a row lose no step and leave nothing behind', {
  timeout: 1_200_000,
}, async () => {
  const session = await smallSession();
  await session.train({ ...training, steps: 1 }, () => {});
  const before = held();
  let step = 1;
  for (let i = 0; i < 200; i++) {
    const run = session.train(training, () => {});
    // At once, after a turn of the event loop, or after some steps.
    await tasks([0, 1, 10][i % 3]);
    await session.pauseTraining();
    const end = await run;
    expect(end.reason).toBe('paused');
    expect(end.step).toBeGreaterThanOrEqual(step);
    step = end.step;
  }
  // Of those that had ten turns, some went to a preview.
  expect(step).toBeGreaterThan(100);
  expect(held()).toEqual(before);
  expect(await session.train({ ...training, steps: step + 1 }, () => {})).toEqual({
    reason: 'finished',
    step: step + 1,
  });
});

test(`memory is as flat after ${LONG} steps as after 500`, { timeout: 1_200_000 }, async () => {
  const session = await smallSession();
  const reports = new Map<number, MemoryReport>();
  const listen = (event: { kind: string }) => {
    const { kind, step, memory } = event as { kind: string; step: number; memory: MemoryReport };
    if (kind === 'progress') reports.set(step, memory);
  };
  await session.train({ ...training, steps: 500 }, listen);
  await session.train({ ...training, steps: LONG }, listen);
  expect(reports.get(LONG)).toEqual(reports.get(500));
});

test('whatever is asked in whatever order, each call ends, and the engine trains on', async () => {
  const call = fc.oneof(
    fc.record({ what: fc.constant('train' as const), steps: fc.integer({ min: -1, max: 40 }) }),
    fc.record({ what: fc.constant('pause' as const) }),
    fc.record({ what: fc.constant('change' as const), steps: fc.integer({ min: -1, max: 40 }) }),
    fc.record({ what: fc.constant('preview' as const), count: fc.integer({ min: 0, max: 2 }) }),
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
    fc.record({ what: fc.constant('wait' as const), turns: fc.integer({ min: 0, max: 20 }) }),
  );
  const session = await smallSession();
  const before = held();
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 3, maxLength: 12 }), async (calls) => {
      const answers: Promise<unknown>[] = [];
      for (const one of calls) {
        if (one.what === 'train') answers.push(session.train({ ...training, steps: one.steps }, () => {}));
        if (one.what === 'pause') answers.push(session.pauseTraining());
        if (one.what === 'change') answers.push(session.changeTraining({ ...training, steps: one.steps }));
        if (one.what === 'preview') answers.push(session.drawPreview({ ...preview, count: one.count }));
        if (one.what === 'sample')
          answers.push(session.sample({ ...sampling, steps: one.steps, paused: one.paused }, () => {}));
        if (one.what === 'control') answers.push(session.controlSampling(one.command));
        if (one.what === 'share') answers.push(session.setSamplingShare(one.share));
        if (one.what === 'create')
          answers.push(session.createModel({ ...config, nChannels: one.channels }, 1));
        if (one.what === 'dataset') answers.push(session.loadDataset(one.id));
        if (one.what === 'restore') answers.push(session.restore());
        if (one.what === 'wait') await tasks(one.turns);
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
