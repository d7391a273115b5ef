import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWebgpu } from '../backend/webgpu';
import { fusedOperations } from '../kernels/fused';
import { countReplays, showTraining, tracedOperations } from './replayAgreement';

let fault: string | undefined;

beforeAll(() =>
  startWebgpu({
    allowSoftware: true,
    onLost: (reason) => {
      fault = reason;
    },
  }),
);
afterAll(() => tf.setBackend('cpu'));

test('on webgpu, 50 replayed steps have the bits of traced ones', async () => {
  const replays = countReplays();
  const tensors = tf.memory().numTensors;
  const replayed = await showTraining(fusedOperations);
  // Two runs of each computation go through tfjs: of the step by four sets of tensors (and two batches), of the others by two.
  expect(replays.count()).toBeGreaterThan(40);
  const counted = replays.count();
  const traced = await showTraining(tracedOperations);
  expect(replays.count()).toBe(counted);
  replays.stop();
  expect(replayed).toEqual(traced);
  expect(tf.memory().numTensors).toBe(tensors);
  expect(fault).toBeUndefined();
});
