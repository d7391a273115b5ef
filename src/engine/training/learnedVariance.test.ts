import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWasm } from '../backend/wasm';
import { stepTerm } from '../diffusion/bound';
import { createDiffusion } from '../diffusion/diffusion';
import { qSample } from '../diffusion/forward';
import { fusedOperations } from '../kernels/fused';
import { referenceOperations } from '../kernels/reference';
import { parseModelConfig } from '../unet/config';
import { unetDenoiser } from '../unet/denoiser';
import { type BoundWeighting, lossAndGradients, objectiveLoss } from './objectiveLoss';
import { Random } from './random';
import { createTrainingState, disposeTrainingState, trainedLayers, trainStep } from './trainer';

const configOf = (objective: string, learned: boolean) =>
  parseModelConfig({
    ...{ image_channels: 2, image_size: 4, n_channels: 8, n_groups: 4, n_final_groups: 4, n_blocks: 1 },
    ...{ ch_mults: [1], is_attn: [false], n_steps: 50, objective, learned_variance: learned },
  });
const pixels = 32;
const levels = 17;
const bound: BoundWeighting = { levels, weight: [1, 1, 1, 1] };

beforeAll(() => tf.setBackend('cpu'));
afterAll(() => tf.setBackend('cpu'));

/** Shares of the loss, and the gradients by layer. */
async function lossOf(
  state: ReturnType<typeof createTrainingState>,
  batch: { images: Float32Array; noise: Float32Array; t: Int32Array; bound?: BoundWeighting },
) {
  const { config, diffusion, weights } = state;
  const tensor = (values: Float32Array) => tf.tensor4d(values, [batch.t.length, 4, 4, 2]);
  const { shares, gradients } = lossAndGradients(weights, trainedLayers(config), () =>
    objectiveLoss(config, diffusion, referenceOperations, weights, {
      ...batch,
      images: tensor(batch.images),
      noise: tensor(batch.noise),
    }),
  );
  const result = {
    shares: Array.from(await shares.data()),
    gradients: new Map(
      await Promise.all([...gradients].map(async ([name, g]) => [name, await g.array()] as const)),
    ),
  };
  tf.dispose([shares, ...gradients.values()]);
  return result;
}

function batchOf(t: number[]) {
  const random = new Random(4);
  const images = random.normal(t.length * pixels).map((x) => Math.round(Math.tanh(x) * 8) / 8);
  return { images, noise: random.normal(images.length), t: Int32Array.from(t) };
}

describe.each(['epsilon', 'x0', 'v'])('L_hybrid of a network that predicts %s', (objective) => {
  test('is L_simple and 0.001 T times the term of the bound, in bits', async () => {
    const state = createTrainingState(configOf(objective, true), 3);
    const { config, diffusion, weights } = state;
    // At t = 0 an x̂₀ of an untrained network lies in the tails, whose logarithm training cuts.
    const times = objective === 'x0' ? [1, 17, 49] : [0, 1, 17, 49];
    const batch = batchOf(times);
    const simple = await lossOf(state, batch);
    const hybrid = await lossOf(state, { ...batch, bound });
    const denoise = unetDenoiser(config, diffusion, referenceOperations, weights);
    for (const [n, t] of times.entries()) {
      const of = (values: Float32Array) => values.slice(n * pixels, (n + 1) * pixels);
      const [x0, v] = [of(batch.images), new Float32Array(pixels)];
      const xt = qSample(diffusion, x0, t, of(batch.noise));
      const eps = await denoise(xt, t, v);
      const question = { x0, xt, eps, v, t, length: pixels };
      const [nats] = stepTerm(diffusion, question, { variance: 'learned', clipX0: false, levels });
      const ofNat = (0.001 * 50) / Math.LN2 / times.length;
      const added = ((hybrid.shares[n] as number) - (simple.shares[n] as number)) / ofNat;
      // Training takes an approximation of Φ, which counts at t = 0 alone; float32 cancels in the difference.
      const allowed = t === 0 ? 1e-3 : 1e-4 + 1e-3 * (nats as number);
      expect(Math.abs(added - (nats as number)), `t = ${t}`).toBeLessThan(allowed);
    }
    disposeTrainingState(state);
  });
});

test('the bound trains v alone: the prediction has the gradient of L_simple', async () => {
  const state = createTrainingState(configOf('epsilon', true), 3);
  const batch = batchOf([0, 1, 17, 49]);
  const finalOf = async (given: typeof batch & { bound?: BoundWeighting }) =>
    (await lossOf(state, given)).gradients.get('final') as number[][];
  const [simple, hybrid] = [await finalOf(batch), await finalOf({ ...batch, bound })];
  for (const [row, values] of hybrid.entries()) {
    for (const channel of [0, 1]) expect(values[channel]).toBeCloseTo(simple[row]?.[channel] as number, 6);
  }
  expect(simple.every((values) => values.slice(2).every((value) => value === 0))).toBe(true);
  expect(hybrid.some((values) => Math.abs(values[2] as number) > 1e-4)).toBe(true);
  disposeTrainingState(state);
});

test('the variance that the bound wants is β̃ and the squared error of the mean together', async () => {
  // D_KL of N(m₁, β̃) and N(m₂, σ²) has its minimum at σ² = β̃ + (m₁ − m₂)².
  const [low, high, error] = [1e-3, 4e-3, 0.04];
  const wanted = low + error ** 2;
  const v = (2 * Math.log(wanted / low)) / Math.log(high / low) - 1;
  const slopeAt = async (value: number) => {
    const gradient = tf.tidy(() =>
      tf.grad((prediction) =>
        referenceOperations
          .hybridError(
            prediction as tf.Tensor4D,
            tf.zeros([1, 1, 1, 1]),
            tf.zeros([1, 1, 1, 1]),
            tf.tensor2d([[1, 1, Math.log(low), Math.log(high), 1, 0]]),
          )
          .sum(),
      )(tf.tensor4d([error, value], [1, 1, 1, 2])),
    );
    const [, slope] = await gradient.data();
    gradient.dispose();
    return slope as number;
  };
  expect(Math.abs(await slopeAt(v))).toBeLessThan(1e-6);
  expect(await slopeAt(v - 0.1)).toBeLessThan(-1e-3);
  expect(await slopeAt(v + 0.1)).toBeGreaterThan(1e-3);
});

test('training moves the variance to where the bound is tight: far below that of β', async () => {
  await startWasm({ threads: 1 });
  const config = configOf('epsilon', true);
  const state = createTrainingState(config, 1);
  const diffusion = createDiffusion(config.schedule, config.nSteps);
  // All images are one shade, so that ε̂ is soon good and what is left of its error has to be told by σ.
  const source = (random: Random, count: number) => ({
    images: Float32Array.from(random.normal(count)).reduce(
      (all, shade, n) => {
        return all.fill(Math.tanh(shade), n * pixels, (n + 1) * pixels);
      },
      new Float32Array(count * pixels),
    ),
    labels: new Uint8Array(count),
    levels,
  });
  const settings = { batchSize: 16, learningRate: 3e-3, emaDecay: 0.9 };
  for (let step = 0; step < 800; step++) await trainStep(state, fusedOperations, source, settings).loss;
  const denoise = unetDenoiser(config, diffusion, fusedOperations, state.ema);
  const random = new Random(9);
  const { images: x0 } = source(random, 8);
  const sums = { learned: 0, beta: 0, betaTilde: 0 };
  for (let t = 0; t < 50; t += 7) {
    const xt = qSample(diffusion, x0, t, random.normal(x0.length));
    const v = new Float32Array(x0.length);
    const eps = await denoise(xt, t, v);
    for (const variance of Object.keys(sums) as (keyof typeof sums)[]) {
      const choices = { variance, clipX0: false, levels };
      const terms = stepTerm(diffusion, { x0, xt, eps, v, t, length: pixels }, choices);
      sums[variance] += terms.reduce((sum, nats) => sum + nats, 0);
    }
  }
  expect(sums.learned).toBeLessThan(0.9 * sums.beta);
  expect(sums.learned).toBeLessThan(1.1 * sums.betaTilde);
  disposeTrainingState(state);
});
