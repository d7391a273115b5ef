import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AdamEmaSettings, Operations } from '../kernels/operations';
import { referenceOperations } from '../kernels/reference';
import { now } from '../kernels/replay/live';
import { parseModelConfig } from '../unet/config';
import { stateDictOf } from '../unet/weights';
import {
  applyGradients,
  type BatchSource,
  checkTrainerSettings,
  createTrainingState,
  type TrainerSettings,
  trainStep,
} from './trainer';

const tiny = {
  image_channels: 1,
  image_size: 2,
  n_channels: 4,
  ch_mults: [1],
  is_attn: [false],
  n_blocks: 1,
  n_steps: 10,
  n_groups: 2,
  n_final_groups: 2,
};
const config = parseModelConfig(tiny);
const settings: TrainerSettings = { batchSize: 2, learningRate: 1e-3, emaDecay: 0.9 };

const noise: BatchSource = (random, batchSize) => ({
  images: random.normal(batchSize * 4),
  labels: Uint8Array.from({ length: batchSize }, (_, i) => i % 2),
});

/** torch.optim.Adam of PyTorch 2.13 with lr = 0.01, from (1, −0.5, 0.25): what each gradient led to. */
const torchSteps = [
  {
    gradient: [0.1, -2.0, 0.003],
    parameter: [0.99000001, -0.49000001, 0.24000004],
    m: [0.010000001, -0.2, 0.00030000001],
    v: [1.0000001e-5, 0.0040000002, 9.0000007e-9],
  },
  {
    gradient: [-0.4, 1.0, 0.02],
    parameter: [0.99559504, -0.48733664, 0.23164745],
    m: [-0.030999999, -0.079999998, 0.0022700001],
    v: [0.00016999002, 0.0049960003, 4.0899101e-7],
  },
  {
    gradient: [0.25, 0.5, -0.7],
    parameter: [0.99597937, -0.48672274, 0.23784655],
    m: [-0.0029000002, -0.022, -0.067956999],
    v: [0.00023232005, 0.0052410043, 0.00049040862],
  },
  {
    gradient: [0.5, -3.0, 0.05],
    parameter: [0.99201298, -0.48179713, 0.2424975],
    m: [0.047390003, -0.31979999, -0.056161299],
    v: [0.00048208772, 0.014235763, 0.00049241824],
  },
  {
    gradient: [1.5, 0.01, -0.2],
    parameter: [0.98565459, -0.47764835, 0.24777378],
    m: [0.192651, -0.28681999, -0.070545167],
    v: [0.0027316057, 0.014221627, 0.00053192582],
  },
];

beforeAll(() => tf.setBackend('cpu'));

/** The reference operations, of which some are watched. */
const watched = (changes: Partial<Operations>): Operations => ({ ...referenceOperations, ...changes });

describe('Adam', () => {
  it('walks as torch.optim.Adam does, over several steps', async () => {
    const state = createTrainingState(config, 1);
    const bias = state.weights.get('final') as tf.Variable<tf.Rank.R2>;
    const [rows, columns] = bias.shape;
    const start = [1, -0.5, 0.25];
    const inMatrix = (values: number[]) =>
      tf.tensor2d(
        Float32Array.from({ length: rows * columns }, (_, i) => values[i] ?? 0),
        [rows, columns],
      );
    tf.tidy(() => bias.assign(inMatrix(start)));
    for (const { gradient, parameter, m, v } of torchSteps) {
      const gradients = new Map([['final', inMatrix(gradient)]]);
      applyGradients(state, referenceOperations, gradients, { learningRate: 0.01, emaDecay: 0.9 });
      const first = async (variable?: tf.Tensor) => [...((await variable?.data()) ?? [])].slice(0, 3);
      const close = (values: number[], expected: number[]) =>
        expect(values.map((value, i) => value / (expected[i] as number))).toEqual(
          expected.map(() => expect.closeTo(1, 5)),
        );
      close(await first(bias), parameter);
      close(await first(state.m.get('final')), m);
      close(await first(state.v.get('final')), v);
    }
  });

  it('is followed by an average that forgets the start soon: d = (1 + k) / (10 + k), up to the one chosen', () => {
    const decays: number[] = [];
    const operations = watched({
      adamEma: (_, { emaDecay }: AdamEmaSettings) => void decays.push(emaDecay),
    });
    const state = createTrainingState(config, 1);
    for (let k = 1; k <= 10; k++)
      applyGradients(state, operations, new Map(), { learningRate: 0.01, emaDecay: 0.5 });
    expect(decays).toEqual([2 / 11, 3 / 12, 4 / 13, 5 / 14, 6 / 15, 7 / 16, 8 / 17, 0.5, 0.5, 0.5]);
  });
});

describe('a step', () => {
  it('draws every t of 0 … T − 1, and no other', () => {
    const state = createTrainingState(config, 1);
    const { t } = trainStep(state, referenceOperations, noise, { ...settings, batchSize: 300 });
    expect([...new Set(t)].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    // Uniform: each about 30 times.
    for (let one = 0; one < 10; one++) {
      const count = t.filter((other) => other === one).length;
      expect(count).toBeGreaterThan(10);
      expect(count).toBeLessThan(55);
    }
  });

  it('drops out by a mask of its own each time', () => {
    const seeds: number[][] = [];
    const operations = watched({
      groupNorm(x, affine, options) {
        if (options.dropout) seeds.at(-1)?.push(now(options.dropout.seed));
        return referenceOperations.groupNorm(x, affine, options);
      },
    });
    const state = createTrainingState(parseModelConfig({ ...tiny, dropout: 0.1 }), 1);
    for (let step = 0; step < 3; step++) {
      seeds.push([]);
      trainStep(state, operations, noise, settings);
    }
    expect(seeds[0]?.length).toBeGreaterThan(1);
    const all = seeds.flat();
    expect(new Set(all).size).toBe(all.length);
  });

  it('hides the class of one image in ten where nothing else is said', async () => {
    const byClass = parseModelConfig({ ...tiny, n_classes: 2 });
    const weightsAfter = async (classDropout?: number) => {
      const state = createTrainingState(byClass, 1);
      const chosen = classDropout === undefined ? {} : { classDropout };
      trainStep(state, referenceOperations, noise, { ...settings, batchSize: 100, ...chosen });
      return stateDictOf(byClass, state.weights);
    };
    const byDefault = await weightsAfter();
    expect(byDefault).toEqual(await weightsAfter(0.1));
    for (const other of [0, 0.05, 0.2]) expect(byDefault).not.toEqual(await weightsAfter(other));
  });
});

describe('the settings', () => {
  it('allow a batch of all images, and none larger', () => {
    expect(() => checkTrainerSettings({ ...settings, batchSize: 50 }, 50)).not.toThrow();
    expect(() => checkTrainerSettings({ ...settings, batchSize: 51 }, 50)).toThrow('1 to 50');
    expect(() => checkTrainerSettings({ ...settings, batchSize: 0 }, 50)).toThrow('1 to 50');
  });
});
