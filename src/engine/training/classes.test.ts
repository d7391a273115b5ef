import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { startWasm } from '../backend/wasm';
import { fusedOperations } from '../kernels/fused';
import { parseModelConfig } from '../unet/config';
import { unetClassDenoiser, unetDenoiser } from '../unet/denoiser';
import { parameterCount } from '../unet/size';
import { hideClasses } from './classDropout';
import { objectiveLoss } from './objectiveLoss';
import { Random } from './random';
import { type BatchSource, createTrainingState, type TrainingState, trainStep } from './trainer';

const tiny = {
  image_channels: 1,
  image_size: 4,
  n_channels: 8,
  ch_mults: [1],
  is_attn: [false],
  n_blocks: 1,
  n_steps: 50,
  n_groups: 4,
  n_final_groups: 4,
  dropout: 0,
  schedule: 'cosine',
};
const config = parseModelConfig({ ...tiny, n_classes: 2 });
const size = config.imageSize ** 2;

/** Class 0 is dark and class 1 bright, with some noise: at t = 40 of 50 it takes some luck to tell which. */
const darkAndBright: BatchSource = (random, batchSize) => {
  const labels = Uint8Array.from({ length: batchSize }, (_, i) => i % 2);
  const images = random
    .normal(batchSize * size)
    .map((z, i) => 0.1 * z + (labels[Math.floor(i / size)] === 1 ? 0.7 : -0.7));
  return { images, labels };
};

function trained(steps: number, classDropout: number): TrainingState {
  const state = createTrainingState(config, 1);
  const settings = { batchSize: 16, learningRate: 3e-3, emaDecay: 0.9, classDropout };
  for (let step = 0; step < steps; step++) trainStep(state, fusedOperations, darkAndBright, settings);
  return state;
}

function lossWith(state: TrainingState, labelsOf: (label: number) => number): number {
  const random = new Random(9);
  const count = 64;
  const { images, labels } = darkAndBright(random, count);
  const noise = random.normal(images.length);
  const shape: [number, number, number, number] = [count, config.imageSize, config.imageSize, 1];
  return tf.tidy(() => {
    const batch = {
      images: tf.tensor4d(images, shape),
      noise: tf.tensor4d(noise, shape),
      t: new Int32Array(count).fill(40),
      labels: Array.from(labels, labelsOf),
    };
    const { diffusion, ema } = state;
    return objectiveLoss(config, diffusion, fusedOperations, ema, batch).dataSync()[0] as number;
  });
}

beforeAll(async () => {
  await startWasm({ threads: 1 });
});

describe('class dropout', () => {
  it('hides the share it is told to, whatever the class, and leaves the others as they are', () => {
    const labels = Uint8Array.from({ length: 20_000 }, (_, i) => i % 4);
    const told = hideClasses(labels, 0.1, new Random(1));
    for (const label of [0, 1, 2, 3]) {
      const ofClass = told.filter((_, i) => labels[i] === label);
      const share = ofClass.filter((c) => c === -1).length / ofClass.length;
      // Four standard errors.
      expect(Math.abs(share - 0.1)).toBeLessThan(4 * Math.sqrt((0.1 * 0.9) / 5000));
      expect(ofClass.every((c) => c === label || c === -1)).toBe(true);
    }
    expect(hideClasses(labels, 0, new Random(1))).toEqual([...labels]);
    expect(hideClasses(labels, 1, new Random(1)).every((c) => c === -1)).toBe(true);
  });

  it('at 0 leaves the row of no class untouched, and at 1 those of all classes', async () => {
    for (const [classDropout, moved] of [
      [0, [true, true, false]],
      [1, [false, false, true]],
    ] as const) {
      const before = (await createTrainingState(config, 1).weights.get('class_emb')?.array()) as number[][];
      const after = (await trained(2, classDropout).weights.get('class_emb')?.array()) as number[][];
      const rows = [0, 1, 2].map((row) => String(before[row]) !== String(after[row]));
      expect(rows).toEqual(moved);
    }
  });
});

describe('a conditional model', () => {
  it('counts its embedding: a row a class, one for none, and the bias', () => {
    const time = 4 * config.nChannels;
    expect(parameterCount(config) - parameterCount(parseModelConfig(tiny))).toBe((2 + 1 + 1) * time);
  });

  it('learns the classes: right ones help, wrong ones hurt, none lies between', () => {
    const state = trained(400, 0.2);
    const right = lossWith(state, (label) => label);
    const none = lossWith(state, () => -1);
    const wrong = lossWith(state, (label) => 1 - label);
    expect(right).toBeLessThan(0.95 * none);
    expect(none).toBeLessThan(0.95 * wrong);
  });

  it.each(['epsilon', 'x0', 'v'])(
    'guided with w = 0 says what it says of the class; with another w, on from ε_∅ through ε_c: %s',
    async (objective) => {
      const { weights, diffusion } = createTrainingState(config, 3);
      const model = { ...config, objective };
      const xt = new Random(5).normal(3 * size);
      const told = unetClassDenoiser(model, diffusion, fusedOperations, weights);
      const [conditional, unconditional] = [await told(xt, 20, [1, 0, 1]), await told(xt, 20)];
      const guided = (guidance: number) =>
        unetDenoiser(
          model,
          diffusion,
          fusedOperations,
          weights,
          [1, 0, 1].map((label) => ({ label, guidance })),
        )(xt, 20);
      expect(await guided(0)).toEqual(conditional);
      expect(conditional).not.toEqual(unconditional);
      const largest = Math.max(...conditional.map(Math.abs));
      for (const [i, value] of (await guided(3)).entries()) {
        const expected = 4 * (conditional[i] as number) - 3 * (unconditional[i] as number);
        expect(Math.abs(value - expected)).toBeLessThan(1e-4 * largest);
      }
      expect(await unetDenoiser(model, diffusion, fusedOperations, weights)(xt, 20)).toEqual(unconditional);
    },
  );
});
