import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWasm } from '../backend/wasm';
import { createDiffusion } from '../diffusion/diffusion';
import { flowPoint, timeOfFlow } from '../diffusion/flow';
import { mixtureDenoiser } from '../diffusion/gaussianMixture';
import { consistency } from '../diffusion/samplers/consistency';
import { ddim } from '../diffusion/samplers/ddim';
import { velocity } from '../diffusion/samplers/flow';
import { flowEuler } from '../diffusion/samplers/flowEuler';
import type { Denoiser } from '../diffusion/samplers/sampler';
import { spacedTimesteps } from '../diffusion/samplers/spacings';
import { fusedOperations } from '../kernels/fused';
import { smallConfig } from '../network/testing';
import { Random } from '../training/random';
import {
  type BatchSource,
  createTrainingState,
  disposeTrainingState,
  type TrainingState,
  trainStep,
} from '../training/trainer';
import { unetDenoiser } from '../unet/denoiser';
import { initialWeights } from '../unet/weights';
import { checkDistillation, divergence } from './checks';
import { createStudent, distill, studentConfig, teacherPairs } from './distill';
import { type DistillationSettings, distillationMethods } from './methods';
import { consistencyTarget, eulerStep, progressiveTarget, visitedShares } from './targets';
import { clippedField, flowField, guidedField, type VelocityField } from './velocityField';

beforeAll(async () => {
  tf.enableProdMode();
  await startWasm({ threads: 1 });
  await tf.setBackend('wasm');
});
afterAll(() => tf.setBackend('cpu'));

const diffusion = createDiffusion('straight', 1000);
const operations = fusedOperations;
const image = (values: ArrayLike<number>) => tf.tensor4d(Float32Array.from(values), [values.length, 1, 1, 1]);

/** Data N(0.4, 0.3²): the path through x_s ends at x₀ = 0.4 + 0.3 (x_s − (1−s) 0.4) / √((1−s)² 0.3² + s²). */
const [mean, deviation] = [0.4, 0.3];
const spreadAt = (s: number) => Math.sqrt(((1 - s) * deviation) ** 2 + s ** 2);
const endOf = (x: number, s: number) => mean + (deviation * (x - (1 - s) * mean)) / spreadAt(s);
const along = (x: number, s: number, r: number) =>
  (1 - r) * mean + (spreadAt(r) * (x - (1 - s) * mean)) / spreadAt(s);
const velocityAt = (x: number, s: number) => {
  const apart = x - (1 - s) * mean;
  const variance = spreadAt(s) ** 2;
  return (s * apart) / variance - (mean + ((1 - s) * deviation ** 2 * apart) / variance);
};
const exactField: VelocityField = (x, s) =>
  image(x.dataSync().map((value, i) => velocityAt(value, s[i] as number)));

describe('with an exact teacher', () => {
  const xs = [-1.2, 0.1, 0.7, 1.9];
  const interval = { s: [0.999, 0.75, 0.5, 0.25], r: [0.5, 0.5, 0.25, 0] };

  test('one step along the progressive target ends where two steps of the teacher do, those of DDIM', async () => {
    const ends = tf.tidy(() => {
      const x = image(xs);
      const { u } = progressiveTarget(operations, exactField, x, interval);
      return eulerStep(operations, x, interval, u).dataSync();
    });
    const denoise = mixtureDenoiser(
      { weights: [1], means: [[mean]], variances: [deviation ** 2] },
      diffusion,
    );
    for (const [i, x] of xs.entries()) {
      const [s, r] = [interval.s[i] as number, interval.r[i] as number];
      const middle = (s + r) / 2;
      const first = x + (middle - s) * velocityAt(x, s);
      const second = first + (r - middle) * velocityAt(first, middle);
      expect(ends[i]).toBeCloseTo(second, 5);

      const timesteps = [s, middle, r].map((one) => (one > 0 ? timeOfFlow(diffusion, one) : -1));
      const start = Float32Array.of(x / flowPoint(diffusion, timesteps[0] as number).scale);
      const settings = { diffusion, denoise, start, random: new Random(1), clipX0: false };
      let taken = 0;
      for await (const step of ddim({ ...settings, timesteps: timesteps.filter((t) => t >= 0) })) {
        if (++taken < 2) continue;
        const at = timesteps[2] as number;
        expect((step.x[0] as number) * flowPoint(diffusion, at).scale).toBeCloseTo(second, 3);
        break;
      }
    }
  });

  test('the exact consistency function is what consistency distillation learns, up to the teacher’s step', () => {
    const consistent: VelocityField = (x, s) =>
      image(x.dataSync().map((value, i) => (value - endOf(value, s[i] as number)) / (s[i] as number)));
    const errorWith = (h: number) =>
      tf.tidy(() => {
        const near = { s: interval.s, r: interval.s.map((s) => s - h) };
        const { u, weight } = consistencyTarget(operations, exactField, consistent, image(xs), near);
        expect(weight).toEqual(near.s.map((s) => s ** 2));
        const values = u.dataSync();
        return Math.max(
          ...xs.map((x, i) => {
            const s = near.s[i] as number;
            return Math.abs(x - s * (values[i] as number) - endOf(x, s));
          }),
        );
      });
    // An Euler step errs by the square of its length.
    const [coarse, fine] = [errorWith(0.04), errorWith(0.02)];
    expect(fine).toBeLessThan(0.01);
    expect(coarse / fine).toBeGreaterThan(3);
  });

  test('at the end of the path the target is the image itself, whatever the average says', () => {
    const values = tf.tidy(() => {
      const nonsense: VelocityField = (x) => x.mul(0).add(1e3);
      const last = { s: [0.25, 0.25], r: [0, 0] };
      const x = image([0.3, 0.8]);
      return consistencyTarget(operations, exactField, nonsense, x, last).u.dataSync();
    });
    for (const [i, x] of [0.3, 0.8].entries()) expect(values[i]).toBeCloseTo(velocityAt(x, 0.25), 4);
  });

  test('its consistency function draws the data in one step, and in any number of them', async () => {
    const denoise: Denoiser = async (xt, t) => {
      const { s, scale } = flowPoint(diffusion, t);
      // The ε̂ whose x̂₀ is the end of the path through x_s.
      return xt.map((value) => (scale * value - (1 - s) * endOf(scale * value, s)) / s);
    };
    const count = 4000;
    for (const steps of [1, 2, 5]) {
      const random = new Random(3);
      const timesteps = spacedTimesteps(diffusion, steps, 'noiseShare');
      const settings = { diffusion, denoise, random, start: random.normal(count), clipX0: false };
      let x = settings.start;
      for await (const step of consistency({ ...settings, timesteps })) x = step.x;
      const average = x.reduce((sum, value) => sum + value, 0) / count;
      const variance = x.reduce((sum, value) => sum + (value - average) ** 2, 0) / count;
      expect(Math.abs(average - mean)).toBeLessThan((4 * deviation) / Math.sqrt(count));
      expect(Math.abs(variance / deviation ** 2 - 1)).toBeLessThan(4 * Math.sqrt(2 / count));
    }
  });

  test('the closed forms agree with each other', () => {
    const [x, s, h] = [0.7, 0.6, 1e-4];
    expect((along(x, s, s + h) - along(x, s, s - h)) / (2 * h)).toBeCloseTo(velocityAt(x, s), 6);
    expect(endOf(along(x, s, 0.2), 0.2)).toBeCloseTo(endOf(x, s), 10);
  });
});

test('a student visits the same s in training and in drawing', () => {
  for (const steps of [1, 2, 4, 8]) {
    const shares = visitedShares(diffusion, steps);
    expect(shares.length).toBe(steps + 1);
    expect(shares.at(-1)).toBe(0);
    spacedTimesteps(diffusion, steps, 'noiseShare').forEach((t, i) => {
      expect(shares[i]).toBe(flowPoint(diffusion, t).s);
    });
    shares.slice(1).forEach((s, i) => {
      expect((shares[i] as number) - s).toBeCloseTo(1 / steps, 2);
    });
  }
});

describe('the velocity of a model', () => {
  test.each(['epsilon', 'v', 'x0', 'flow'])(
    'that predicts %s is the one its samples follow',
    async (objective) => {
      const schedule = objective === 'flow' ? 'straight' : 'cosine';
      const config = smallConfig({ objective, schedule });
      const model = {
        config,
        diffusion: createDiffusion(schedule, config.nSteps),
        weights: initialWeights(config, new Random(4)),
      };
      const start = new Random(2).normal(config.imageSize ** 2);
      for (const t of [3, 20.5, 44]) {
        const { s, scale } = flowPoint(model.diffusion, t);
        const u = tf.tidy(() => {
          const xs = tf.tensor4d(
            start.map((value) => scale * value),
            [1, config.imageSize, config.imageSize, 1],
          );
          return clippedField(model, operations)(xs, [s]);
        });
        const denoise = unetDenoiser(config, model.diffusion, operations, model.weights);
        const settings = { diffusion: model.diffusion, denoise, start, timesteps: [], random: new Random(1) };
        const expected = await velocity(settings, start, t);
        const values = await u.data();
        const largest = Math.max(...expected.map(Math.abs));
        expected.forEach((value, i) => {
          expect(Math.abs(value - (values[i] as number)) / largest).toBeLessThan(1e-4);
        });
        u.dispose();
      }
      tf.dispose([...model.weights.values()]);
    },
  );

  test('with guidance is that of a guided denoiser', async () => {
    const config = smallConfig({ objective: 'flow', schedule: 'straight', n_classes: 3 });
    const model = {
      config,
      diffusion: createDiffusion('straight', config.nSteps),
      weights: initialWeights(config, new Random(4)),
    };
    const length = config.imageSize ** 2;
    const start = new Random(2).normal(2 * length);
    const t = 30;
    const { s, scale } = flowPoint(model.diffusion, t);
    const u = tf.tidy(() => {
      const shape: [number, number, number, number] = [2, config.imageSize, config.imageSize, 1];
      const xs = tf.tensor4d(
        start.map((value) => scale * value),
        shape,
      );
      return guidedField(flowField(model, operations), 1.5, operations)(xs, [s, s], [2, -1]);
    });
    const denoise = unetDenoiser(config, model.diffusion, operations, model.weights, [
      { label: 2, guidance: 1.5 },
      { label: -1, guidance: 0 },
    ]);
    const settings = { diffusion: model.diffusion, denoise, start, timesteps: [], random: new Random(1) };
    const expected = await velocity({ ...settings, clipX0: false }, start, t);
    (await u.data()).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] as number, 3);
    });
    u.dispose();
    tf.dispose([...model.weights.values()]);
  });
});

const config = smallConfig({
  ...{ objective: 'flow', schedule: 'straight', image_size: 2, ch_mults: [1], is_attn: [false] },
});
const length = config.imageSize ** 2;
/** Images of one grey each, −0.6 or 0.6: their mean is what a single step of a flow would draw. */
const twoGreys: BatchSource = (random, count) => ({
  images: greys(Array.from(random.integers(count, 2), (side) => (side === 0 ? -0.6 : 0.6))),
  labels: new Uint8Array(count),
});

function greys(levels: number[]): Float32Array {
  return Float32Array.from(
    { length: levels.length * length },
    (_, i) => levels[Math.floor(i / length)] as number,
  );
}

function teacherOf(steps: number): TrainingState {
  const teacher = createTrainingState(config, 1);
  const settings = { batchSize: 16, learningRate: 3e-3, emaDecay: 0.98 };
  for (let step = 0; step < steps; step++) trainStep(teacher, operations, twoGreys, settings);
  return teacher;
}

async function drawn({ config, diffusion, ema }: TrainingState, steps: number): Promise<Float32Array> {
  const denoise = unetDenoiser(config, diffusion, operations, ema);
  const start = new Random(8).normal(24 * length);
  const timesteps = spacedTimesteps(diffusion, steps, 'noiseShare');
  let x = start;
  for await (const step of flowEuler({ diffusion, denoise, start, timesteps, random: new Random(1) }))
    x = step.x;
  return x;
}

const distance = (a: Float32Array, b: Float32Array) =>
  Math.sqrt(a.reduce((sum, value, i) => sum + (value - (b[i] as number)) ** 2, 0) / a.length);

describe('a student', () => {
  let teacher: TrainingState;
  beforeAll(() => {
    teacher = teacherOf(200);
  }, 600_000);
  afterAll(() => disposeTrainingState(teacher));

  test.each([
    ['progressive', { teacherSteps: 8, studentSteps: 1, steps: 40 }],
    ['consistency', { teacherSteps: 8, studentSteps: 1, steps: 100 }],
    ['reflow', { teacherSteps: 8, studentSteps: 1, steps: 100 }],
    ['direct', { teacherSteps: 8, studentSteps: 1, steps: 60 }],
  ] as const)(
    'by %s draws in one step nearer to its teacher’s eight than the teacher itself',
    async (method, part) => {
      const settings: DistillationSettings = {
        ...{ method, batchSize: 16, learningRate: 2e-3, emaDecay: 0.95, guidance: 0, ...part },
      };
      const model = { config, diffusion: teacher.diffusion, weights: teacher.ema };
      const student = createStudent(model, 3);
      let source = twoGreys;
      if (distillationMethods[method].fromPairs) {
        const pairs = teacherPairs(model, operations, { count: 200, steps: 8, random: new Random(5) });
        for (;;) {
          const { done, value } = await pairs.next();
          if (!done) continue;
          source = value;
          break;
        }
      }
      const before = tf.memory().numTensors;
      const stages = new Set<number>();
      for await (const step of distill(model, student, operations, source, settings)) {
        stages.add(step.studentSteps);
        expect(Number.isFinite(await step.loss)).toBe(true);
      }
      expect(tf.memory().numTensors).toBe(before);
      expect([...stages]).toEqual(method === 'progressive' ? [4, 2, 1] : method === 'direct' ? [1] : [8]);
      const goal = await drawn(teacher, 8);
      const alone = distance(await drawn(teacher, 1), goal);
      expect(distance(await drawn(student, 1), goal)).toBeLessThan(0.6 * alone);
      disposeTrainingState(student);
    },
    600_000,
  );
});

test('a diffusion’s student is a flow of the same size', () => {
  const of = smallConfig({ dropout: 0.1 });
  expect(studentConfig(of)).toEqual({ ...of, objective: 'flow', schedule: 'straight', dropout: 0 });
});

test('settings out of bounds are refused, with the limit', () => {
  const settings = {
    teacherSteps: 8,
    studentSteps: 1,
    steps: 10,
    batchSize: 1,
    learningRate: 1,
    emaDecay: 0,
    guidance: 0,
  };
  const check = (changes: Partial<DistillationSettings>) => () =>
    checkDistillation({ method: 'progressive', ...settings, ...changes });
  expect(check({})).not.toThrow();
  expect(check({ teacherSteps: 12 })).toThrow(/must be 1 times 2, 4, 8 …, not 12/);
  expect(check({ studentSteps: 9 })).toThrow(/from 1 to 8, not 9/);
  expect(check({ steps: 0 })).toThrow(/not 0/);
  expect(check({ method: 'consistency', teacherSteps: 12 })).not.toThrow();
  const all = { method: 'progressive', ...settings } as const;
  expect(() => checkDistillation(all, 4), 'more steps than the teacher has').toThrow(/from 1 to 4, not 8/);
  expect(() => checkDistillation({ ...all, teacherSteps: 12 })).toThrow(
    expect.objectContaining({ field: 'teacherSteps' }),
  );
});

test('a loss that is no number is refused, with what to do', () => {
  expect(divergence(3, 0.5)).toBeNull();
  expect(divergence(3, Number.NaN)).toMatch(/loss of step 3 is NaN.*lower learning rate/);
});
