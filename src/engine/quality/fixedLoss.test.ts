import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import type { Dataset } from '../data/dataset';
import { createDiffusion } from '../diffusion/diffusion';
import { qSample } from '../diffusion/forward';
import { referenceOperations } from '../kernels/reference';
import { Random } from '../training/random';
import { parseModelConfig } from '../unet/config';
import { unetDenoiser } from '../unet/denoiser';
import { initialWeights } from '../unet/weights';
import { fixedBatch, fixedLoss } from './fixedLoss';

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
const dataset: Dataset = {
  images: new Random(1).normal(100 * 16),
  labels: new Uint8Array(100),
  count: 100,
  imageSize: 4,
  channels: 1,
  classNames: ['a'],
};

beforeAll(async () => {
  await tf.setBackend('cpu');
});

it('draws one t of each part of 0 … T − 1, the same each time', () => {
  const batch = fixedBatch(dataset, 50, 25, 3);
  expect([...batch.t].map((t) => Math.floor(t / 2))).toEqual(Array.from({ length: 25 }, (_, i) => i));
  expect(fixedBatch(dataset, 50, 25, 3)).toEqual(batch);
  expect(fixedBatch(dataset, 50, 1000, 3).t).toHaveLength(100);
});

it('is the mean of the losses of its images, in however many parts', async () => {
  const diffusion = createDiffusion('linear', 50);
  const weights = initialWeights(config, new Random(2));
  const batch = fixedBatch(dataset, 50, 70, 1);
  const denoise = unetDenoiser(config, diffusion, referenceOperations, weights);
  let sum = 0;
  for (const [i, t] of batch.t.entries()) {
    const part = (values: Float32Array) => values.subarray(16 * i, 16 * i + 16);
    const noise = part(batch.noise);
    const eps = await denoise(qSample(diffusion, part(batch.images), t, noise), t);
    sum += eps.reduce((squares, value, k) => squares + (value - (noise[k] as number)) ** 2, 0) / 16;
  }
  const loss = await fixedLoss(config, diffusion, referenceOperations, weights, batch);
  expect(loss).toBeCloseTo(sum / 70, 4);
  expect(await fixedLoss(config, diffusion, referenceOperations, weights, batch)).toBe(loss);
});

it('counts each image by its weight', async () => {
  const diffusion = createDiffusion('linear', 50);
  const weights = initialWeights(config, new Random(2));
  const batch = fixedBatch(dataset, 50, 70, 1);
  const lossOf = (weight: Float32Array) =>
    fixedLoss(config, diffusion, referenceOperations, weights, { ...batch, weight });
  const all = await lossOf(new Float32Array(70).fill(1));
  const first = await lossOf(Float32Array.from({ length: 70 }, (_, i) => Number(i < 30)));
  const last = await lossOf(Float32Array.from({ length: 70 }, (_, i) => Number(i >= 30)));
  expect(first).toBeGreaterThan(0.1);
  expect(first + last).toBeCloseTo(all, 5);
});
