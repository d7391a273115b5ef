import * as tf from '@tensorflow/tfjs';
import { afterAll, describe, expect, test } from 'vitest';
import { startWasm } from '../backend/wasm';
import { fusedOperations } from '../kernels/fused';
import { countReplays, showTraining, tracedOperations } from './replayAgreement';

afterAll(() => tf.setBackend('cpu'));

describe.each([
  [1, false],
  [2, false],
  [2, true],
])('on wasm with %i threads (learned variance: %s)', (threads, learnedVariance) => {
  test('50 replayed steps have the bits of traced ones', async () => {
    await startWasm({ threads });
    const replays = countReplays();
    const tensors = tf.memory().numTensors;
    const replayed = await showTraining(fusedOperations, { learnedVariance });
    expect(replays.count()).toBeGreaterThan(40);
    const counted = replays.count();
    const traced = await showTraining(tracedOperations, { learnedVariance });
    expect(replays.count()).toBe(counted);
    replays.stop();
    expect(replayed).toEqual(traced);
    expect(tf.memory().numTensors).toBe(tensors);
  });
});
