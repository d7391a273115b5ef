import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { referenceOperations } from '../engine/kernels/reference';
import { createTrainingState } from '../engine/training/trainer';
import { parseModelConfig } from '../engine/unet/config';
import { HeldOutLosses } from './heldOutLosses';

const config = parseModelConfig({
  image_channels: 1,
  image_size: 4,
  n_channels: 8,
  ch_mults: [1],
  is_attn: [false],
  n_blocks: 1,
  n_steps: 50,
  n_groups: 4,
  n_final_groups: 4,
});
const heldOut = {
  images: Float32Array.from({ length: 16 * 10 }, (_, i) => Math.sin(i)),
  labels: new Uint8Array(10),
  count: 10,
  imageSize: 4,
  channels: 1,
  classNames: ['a'],
};

beforeAll(async () => {
  await tf.setBackend('cpu');
});

it('measures the loss that the run lowers: with its weights of t', async () => {
  const state = createTrainingState(config, 1);
  const lossWith = async (settings: ConstructorParameters<typeof HeldOutLosses>[4]) =>
    (await new HeldOutLosses(state, referenceOperations, heldOut, [], settings).measure()).loss;
  const simple = await lossWith({});
  expect(await lossWith({ lossWeight: 'simple' })).toBe(simple);
  // With γ beyond every SNR the weight of ε is 1 at every t; with a low one it is less at most of them.
  expect(await lossWith({ lossWeight: 'minSnr', snrGamma: 1e9 })).toBeCloseTo(simple, 5);
  expect(await lossWith({ lossWeight: 'minSnr', snrGamma: 1e-3 })).toBeLessThan(simple / 2);
});
