import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTrainingState, disposeTrainingState, type TrainingState } from '../engine/training/trainer';
import { parseModelConfig } from '../engine/unet/config';
import { SoundCopy } from './soundCopy';

const config = parseModelConfig({
  image_channels: 1,
  image_size: 4,
  n_channels: 4,
  ch_mults: [1],
  is_attn: [false],
  n_blocks: 1,
  n_steps: 10,
  n_groups: 2,
  n_final_groups: 2,
});
const sets = 4;

let state: TrainingState;
let tensors: number;

beforeAll(() => tf.setBackend('cpu'));
beforeEach(() => {
  tensors = tf.memory().numTensors;
  state = createTrainingState(config, 1);
});
afterEach(() => {
  disposeTrainingState(state);
  expect(tf.memory().numTensors).toBe(tensors);
});

/** What a training step does to a state, in short: every weight is set, random numbers are drawn. */
function stepTo(value: number): void {
  for (const variable of state.weights.values())
    tf.tidy(() => variable.assign(tf.fill(variable.shape, value)));
  state.random.nextUint32();
  state.step++;
}

const first = async () => (await state.weights.get('final')?.data())?.[0];

describe('SoundCopy', () => {
  test('goes back to the state as it was copied, random numbers and step too', async () => {
    const before = { first: await first(), random: state.random.state };
    const copy = new SoundCopy(state);
    expect(tf.memory().numTensors).toBe(tensors + 2 * sets * state.weights.size);
    stepTo(Number.NaN);
    copy.goBack();
    expect({ first: await first(), random: state.random.state }).toEqual(before);
    expect(state.step).toBe(0);
    copy.dispose();
  });

  test('is renewed where the next step proves the weights', async () => {
    const copy = new SoundCopy(state);
    stepTo(2);
    await copy.renew(async () => {
      stepTo(3);
      return true;
    });
    expect(tf.memory().numTensors).toBe(tensors + 2 * sets * state.weights.size);
    stepTo(4);
    copy.goBack();
    expect([await first(), state.step]).toEqual([2, 1]);
  });

  test('stays as it was where the next step does not, or the weights are not finite', async () => {
    const copy = new SoundCopy(state);
    const before = await first();
    stepTo(1e30);
    await copy.renew(async () => {
      stepTo(5);
      return false;
    });
    stepTo(Number.POSITIVE_INFINITY);
    const overflow = await copy.renew(async () => {
      throw new Error('No step is to be taken.');
    });
    expect(overflow).toBe('The weights at step 3 are not finite');
    copy.goBack();
    expect([await first(), state.step]).toEqual([before, 0]);
  });
});
