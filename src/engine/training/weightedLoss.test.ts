import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { createDiffusion } from '../diffusion/diffusion';
import { lossWeightsOf } from '../diffusion/lossWeights/lossWeights';
import { referenceOperations } from '../kernels/reference';
import { parseModelConfig } from '../unet/config';
import { predict } from '../unet/predict';
import { lossAndGradients, objectiveLoss, sumOf } from './objectiveLoss';
import { Random } from './random';
import { createTrainingState, disposeTrainingState, trainedLayers, trainStep } from './trainer';

const config = parseModelConfig({
  ...{
    image_channels: 1,
    image_size: 4,
    n_channels: 8,
    n_groups: 4,
    n_final_groups: 4,
    ch_mults: [1],
    is_attn: [false],
    n_blocks: 1,
    n_steps: 50,
  },
});

beforeAll(() => tf.setBackend('cpu'));

describe('a weighted loss', () => {
  it('and its gradient are the weighted means of those of single images', async () => {
    const state = createTrainingState(config, 3);
    const random = new Random(4);
    const [images, noise] = [random.normal(48), random.normal(48)];
    const t = Int32Array.of(2, 20, 45);
    const table = lossWeightsOf(createDiffusion('linear', 50), 'epsilon', 'minSnr');
    const weight = Array.from(t, (step) => table[step] as number);
    expect(new Set(weight).size).toBeGreaterThan(1);
    const run = async (from: number, to: number, weights?: number[]) => {
      const { shares, gradients } = tf.tidy(() => {
        const part = (values: Float32Array) =>
          tf.tensor4d(values.subarray(16 * from, 16 * to), [to - from, 4, 4, 1]);
        const batch = { images: part(images), noise: part(noise), t: t.subarray(from, to), weight: weights };
        const result = lossAndGradients(state.weights, trainedLayers(config), () =>
          objectiveLoss(config, state.diffusion, referenceOperations, state.weights, batch),
        );
        return {
          shares: result.shares,
          gradients: tf.concat([...result.gradients.values()].map((g) => g.flatten())),
        };
      });
      return { loss: sumOf(await shares.data()), gradient: Float32Array.from(await gradients.data()) };
    };
    const whole = await run(0, 3, weight);
    const parts = [await run(0, 1), await run(1, 2), await run(2, 3)];
    const mixed = (values: number[]) =>
      values.reduce((sum, value, n) => sum + (weight[n] as number) * value, 0) / 3;
    expect(whole.loss).toBeCloseTo(mixed(parts.map(({ loss }) => loss)), 5);
    const most = whole.gradient.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    const difference = whole.gradient.reduce((worst, value, i) => {
      const expected = mixed(parts.map(({ gradient }) => gradient[i] as number));
      return Math.max(worst, Math.abs(value - expected));
    }, 0);
    expect(difference / most).toBeLessThan(1e-5);
    disposeTrainingState(state);
  });

  it('is what a step of training reports, with the error of each image beside it', async () => {
    const images = new Random(9).normal(4 * 16);
    const source = () => ({ images, labels: new Uint8Array(4) });
    const settings = { batchSize: 4, learningRate: 1e-3, emaDecay: 0.9 };
    const step = async (lossWeight: string) => {
      const state = createTrainingState(config, 3);
      const { t, loss, errors } = trainStep(state, referenceOperations, source, { ...settings, lossWeight });
      const found = { t, loss: await loss, errors: await errors };
      disposeTrainingState(state);
      return found;
    };
    const [simple, minSnr] = [await step('simple'), await step('minSnr')];
    const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(simple.loss).toBeCloseTo(mean(simple.errors), 5);
    // Same seed, same images and noise: the errors are the same, only their weights differ.
    for (const [n, error] of minSnr.errors.entries())
      expect(error).toBeCloseTo(simple.errors[n] as number, 4);
    const table = lossWeightsOf(createDiffusion('linear', 50), 'epsilon', 'minSnr');
    const weighted = minSnr.errors.map((error, n) => error * (table[minSnr.t[n] as number] as number));
    expect(minSnr.loss).toBeCloseTo(mean(weighted), 5);
    expect(minSnr.loss).not.toBeCloseTo(simple.loss, 3);
  });

  it('leaves predict at the plain mean', async () => {
    const state = createTrainingState(config, 3);
    const random = new Random(1);
    const [x, noise] = [random.normal(32), random.normal(32)];
    const { eps, loss } = await predict(config, referenceOperations, state.weights, {
      x,
      noise,
      t: Int32Array.of(1, 9),
    });
    const mean = eps.reduce((sum, value, i) => sum + (value - (noise[i] as number)) ** 2, 0) / 32;
    expect(loss).toBeCloseTo(mean, 5);
    disposeTrainingState(state);
  });
});
