import * as tf from '@tensorflow/tfjs';
import { afterAll, describe, expect, test } from 'vitest';
import { startWasm } from '../backend/wasm';
import { fusedOperations } from '../kernels/fused';
import { referenceOperations } from '../kernels/reference';
import { parseModelConfig } from '../unet/config';
import { parameterCount } from '../unet/layers';
import { stepArithmetic } from './arithmetic';
import { MeasuredModel } from './measuredModel';
import { measureSteps } from './measureSteps';
import { profileStep } from './profile';
import { recordKernels } from './recordKernels';
import { repeatKernels } from './repeatKernels';

const config = parseModelConfig({
  image_channels: 1,
  image_size: 8,
  n_channels: 8,
  ch_mults: [1, 2],
  is_attn: [false, true],
  n_blocks: 1,
  n_steps: 10,
  n_groups: 4,
  n_final_groups: 4,
});

afterAll(() => tf.setBackend('cpu'));

describe('the measurement of a step', () => {
  test('measures ours and stock in one go, and leaves nothing behind', async () => {
    await startWasm({ threads: 1 });
    const before = tf.memory();
    const options = { batchSize: 2, runs: 2, budgetMs: 5000, stock: true };
    const { ours, stock, reverseStep, rival } = await measureSteps(config, fusedOperations, options);
    for (const spread of [ours.trainStep, ours.forward, reverseStep, stock?.trainStep, stock?.forward]) {
      expect(spread?.median).toBeGreaterThan(0);
      expect(spread?.count).toBeGreaterThanOrEqual(2);
    }
    expect(rival).toBeUndefined();
    expect(ours.trainStep.median).toBeGreaterThan(ours.forward.median);
    // Weights, moving average and two moments.
    expect(ours.bytes).toBe(4 * 4 * parameterCount(config));
    expect(ours.peakBytes).toBeGreaterThan(ours.bytes);
    expect(stock?.bytes).toBe(ours.bytes);
    expect(ours.dispatchesPerTrainStep).toBeGreaterThan(2 * ours.dispatchesPerForward);
    expect(stock?.dispatchesPerTrainStep).toBeGreaterThan(5 * ours.dispatchesPerTrainStep);
    expect(tf.memory().numTensors).toBe(before.numTensors);
    expect(tf.memory().numBytes).toBe(before.numBytes);
  });

  test('profiles the kinds of kernels, which add up to the step', async () => {
    await startWasm({ threads: 1 });
    const before = tf.memory();
    const profile = await profileStep(config, 2, fusedOperations);
    const sum = (of: (kind: (typeof profile.kinds)[number]) => number) =>
      profile.kinds.reduce((total, kind) => total + of(kind), 0);
    expect(sum(({ gflop }) => gflop)).toBeCloseTo(stepArithmetic(config, 2).trainStep / 1e9, 12);
    expect(sum(({ dispatches }) => dispatches)).toBe(profile.dispatches);
    expect(profile.kinds.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['convolution', 'group norm', 'attention gradient', 'Adam and EMA']),
    );
    expect(profile.peak.gflops).toBeGreaterThan(0.5);
    expect(profile.shareOfPeak).toBeGreaterThan(0);
    expect(profile.shareOfPeak).toBeLessThan(1.2);
    expect(tf.memory().numTensors).toBe(before.numTensors);
  });

  test('times every kernel of a step by running it alone', async () => {
    await tf.setBackend('cpu');
    const small = { ...config, imageSize: 2, nChannels: 4, chMults: [1], isAttn: [true] };
    const model = new MeasuredModel(small, 1, referenceOperations);
    let loss: Promise<number> | undefined;
    const { calls } = recordKernels(referenceOperations, (observed) => {
      loss = model.trainStep(observed);
    });
    await loss;
    const before = tf.memory();
    const repeated = await repeatKernels(referenceOperations, calls);
    expect(repeated.map(({ name }) => name)).toEqual(calls.map(({ name }) => name));
    for (const { milliseconds, dispatches, name } of repeated) {
      if (dispatches > 0) expect(milliseconds, name).toBeGreaterThan(0);
    }
    expect(tf.memory().numTensors).toBe(before.numTensors);
    model.dispose();
  });
});
