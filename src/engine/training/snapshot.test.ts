import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { parseModelConfig } from '../unet/config';
import { overflowOf } from './snapshot';
import { createTrainingState } from './trainer';

const config = parseModelConfig({
  image_channels: 1,
  image_size: 2,
  n_channels: 4,
  ch_mults: [1],
  is_attn: [false],
  n_blocks: 1,
  n_steps: 10,
  n_groups: 2,
  n_final_groups: 2,
});

beforeAll(() => tf.setBackend('cpu'));

it.each([
  ['weights', 'weights'],
  ['ema', 'EMA weights'],
  ['m', 'first moments of Adam'],
  ['v', 'second moments of Adam'],
] as const)('one number of %s that is not finite is found, NaN and infinity alike', async (part, name) => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    const state = createTrainingState(config, 1);
    state.step = 12;
    expect(await overflowOf(state)).toBeUndefined();
    const variable = state[part].get('final') as tf.Variable;
    const values = Float32Array.from(await variable.data());
    values[values.length - 1] = value;
    tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
    expect(await overflowOf(state)).toBe(`The ${name} at step 12 are not finite`);
  }
});

it('large numbers are finite: as large as float32 has', async () => {
  const state = createTrainingState(config, 1);
  for (const variable of state.v.values()) tf.tidy(() => variable.assign(tf.fill(variable.shape, 3.4e38)));
  expect(await overflowOf(state)).toBeUndefined();
});
