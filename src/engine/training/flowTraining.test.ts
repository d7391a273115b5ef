import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWasm } from '../backend/wasm';
import { alphaBarAt, createDiffusion } from '../diffusion/diffusion';
import { flowEuler } from '../diffusion/samplers/flowEuler';
import { spacedTimesteps } from '../diffusion/samplers/spacings';
import { fusedOperations } from '../kernels/fused';
import { referenceOperations } from '../kernels/reference';
import { smallConfig } from '../network/testing';
import { unetDenoiser } from '../unet/denoiser';
import { unet } from '../unet/unet';
import { initialWeights, type Variables } from '../unet/weights';
import { lossAndGradients, objectiveLoss, sumOf } from './objectiveLoss';
import { Random } from './random';
import { drawTimes } from './timeSampling';
import { type BatchSource, createTrainingState, disposeTrainingState, trainStep } from './trainer';

beforeAll(async () => {
  tf.enableProdMode();
  await startWasm({ threads: 1 });
});
afterAll(() => tf.setBackend('cpu'));

const config = smallConfig({ objective: 'flow', schedule: 'straight' });
const diffusion = createDiffusion('straight', config.nSteps);
const length = config.imageSize ** 2;

test('the network is asked at T·s about the point on the straight line, and ε̂ follows from its velocity', async () => {
  await tf.setBackend('wasm');
  const weights = initialWeights(config, new Random(4));
  for (const schedule of ['straight', 'cosine']) {
    const of = createDiffusion(schedule, config.nSteps);
    const xt = new Random(5).normal(length);
    for (const t of [0, 20, 31.5, 49]) {
      const [signal, spread] = [Math.sqrt(alphaBarAt(of, t)), Math.sqrt(1 - alphaBarAt(of, t))];
      const s = spread / (signal + spread);
      const xs = xt.map((value) => value / (signal + spread));
      const u = tf.tidy(() =>
        unet(config, fusedOperations, weights, {
          x: tf.tensor4d(xs, [1, config.imageSize, config.imageSize, 1]),
          t: [s * config.nSteps],
        }),
      );
      const velocity = await u.data();
      u.dispose();
      const eps = await unetDenoiser(config, of, fusedOperations, weights)(xt, t);
      eps.forEach((value, i) => {
        expect(value).toBeCloseTo((xs[i] as number) + (1 - s) * (velocity[i] as number), 5);
      });
    }
  }
  tf.dispose([...weights.values()]);
});

describe.each([
  ['cpu', referenceOperations],
  ['wasm', fusedOperations],
] as const)('on %s', (backend, operations) => {
  const time = Float32Array.of(5, 21.7, 44.4);
  const [images, noise] = [new Random(1).normal(3 * length), new Random(2).normal(3 * length)];
  const lossOf = (weights: Variables) => {
    const shape: [number, number, number, number] = [3, config.imageSize, config.imageSize, 1];
    const batch = { images: tf.tensor4d(images, shape), noise: tf.tensor4d(noise, shape), t: time };
    return objectiveLoss(config, diffusion, operations, weights, batch);
  };

  test('the loss is the mean of (ε − x₀ − u_θ(x_s, T·s))²', async () => {
    await tf.setBackend(backend);
    const weights = initialWeights(config, new Random(4));
    const loss = sumOf(await tf.tidy(() => lossOf(weights)).data());
    const share = (i: number) => (time[Math.floor(i / length)] as number) / config.nSteps;
    const xs = images.map((x0, i) => (1 - share(i)) * x0 + share(i) * (noise[i] as number));
    const u = tf.tidy(() =>
      unet(config, operations, weights, {
        x: tf.tensor4d(xs, [3, config.imageSize, config.imageSize, 1]),
        t: time,
      }),
    );
    const errors = Float32Array.from(await u.data()).map(
      (value, i) => value - ((noise[i] as number) - (images[i] as number)),
    );
    u.dispose();
    expect(loss).toBeCloseTo(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length, 5);
    tf.dispose([...weights.values()]);
  });

  test('its gradient is that of finite differences', async () => {
    await tf.setBackend(backend);
    const weights = initialWeights(config, new Random(4));
    const names = ['time_emb.lin1', 'down.0.res.conv1', 'middle.attn.projection', 'final'];
    const { gradients } = tf.tidy(() => {
      const result = lossAndGradients(weights, names, () => lossOf(weights));
      return { gradients: Object.fromEntries(result.gradients) };
    });
    for (const name of names) {
      const gradient = Float32Array.from(await (gradients[name] as tf.Tensor).data());
      const variable = weights.get(name) as tf.Variable<tf.Rank.R2>;
      const values = Float32Array.from(await variable.data());
      // Along the gradient itself, so that rounding is small beside the change of the loss.
      const norm = Math.sqrt(gradient.reduce((sum, value) => sum + value ** 2, 0));
      const at = async (step: number) => {
        const moved = values.map((value, i) => value + (step * (gradient[i] as number)) / norm);
        tf.tidy(() => variable.assign(tf.tensor2d(moved, variable.shape)));
        return sumOf(await tf.tidy(() => lossOf(weights)).data());
      };
      const h = 0.02;
      const slope = ((await at(h)) - (await at(-h))) / (2 * h);
      tf.tidy(() => variable.assign(tf.tensor2d(values, variable.shape)));
      expect(Math.abs(slope / norm - 1), name).toBeLessThan(0.01);
    }
    tf.dispose(Object.values(gradients));
    tf.dispose([...weights.values()]);
  });
});

describe('times', () => {
  const of = { nSteps: 100, input: 'flow', continuous: false } as const;
  const count = 20_000;

  test('of a flow are uniform on 0 … T, or their logits are standard normal', () => {
    const uniform = drawTimes(of, 'uniform', count, new Random(1)).t;
    const mean = uniform.reduce((sum, value) => sum + value, 0) / count;
    expect(Math.abs(mean - 50)).toBeLessThan((4 * 100) / Math.sqrt(12 * count));
    expect(uniform.some((time) => time % 1 !== 0)).toBe(true);

    const logits = drawTimes(of, 'logitNormal', count, new Random(1)).t.map((time) =>
      Math.log(time / (100 - time)),
    );
    const [first, second, fourth] = [1, 2, 4].map(
      (power) => logits.reduce((sum, value) => sum + value ** power, 0) / count,
    ) as [number, number, number];
    expect(Math.abs(first)).toBeLessThan(4 / Math.sqrt(count));
    expect(Math.abs(second - 1)).toBeLessThan(4 * Math.sqrt(2 / count));
    expect(Math.abs(fourth - 3)).toBeLessThan(4 * Math.sqrt(96 / count));
  });

  test('by loss weight come as often as that is large, and count that much less', () => {
    const weightsAt = (times: Float32Array) => times.map((time) => time + 1);
    const input = { ...of, input: 'diffusion' } as const;
    const { t, density } = drawTimes(input, 'importance', count, new Random(1), weightsAt);
    for (let part = 0; part < 100; part += 25) {
      const share = t.filter((time) => time >= part && time < part + 25).length / count;
      // Σ (t + 1) of the part over Σ (t + 1) = 5050.
      const expected = (25 * (part + 13)) / 5050;
      expect(Math.abs(share - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / count));
    }
    // Weight over density is the mean weight, whatever t.
    t.forEach((time, n) => {
      expect((time + 1) / (density[n] as number)).toBeCloseTo(50.5, 3);
    });
    // Of a flow the weights change within a part, and the mean of another function stays the same.
    const flow = drawTimes(of, 'importance', count, new Random(2), weightsAt);
    const values = flow.t.map((time, n) => Math.cos(time / 20) / (flow.density[n] as number));
    const mean = values.reduce((sum, value) => sum + value, 0) / count;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
    expect(Math.abs(mean - Math.sin(5) / 5)).toBeLessThan(4 * Math.sqrt(variance / count) + 1e-3);
    expect(flow.t.some((time) => time % 1 !== 0)).toBe(true);
  });

  test('of a diffusion are whole, as they have always been drawn, or real on 0 … T − 1', () => {
    const whole = drawTimes({ ...of, input: 'diffusion' }, 'uniform', 50, new Random(3)).t;
    expect(Array.from(whole)).toEqual(Array.from(new Random(3).integers(50, 100)));
    const real = drawTimes(
      { ...of, input: 'diffusion', continuous: true },
      'uniform',
      count,
      new Random(3),
    ).t;
    expect(Math.max(...real)).toBeLessThanOrEqual(99);
    expect(real.filter((t) => t % 1 !== 0).length).toBeGreaterThan(0.9 * count);
  });
});

/** Images of one grey, 0.6 for all pixels: their flow is u = (x_s − 0.6)/s, straight, so that one step is enough. */
const oneGrey: BatchSource = (_, batchSize) => ({
  images: new Float32Array(batchSize * length).fill(0.6),
  labels: new Uint8Array(batchSize),
});

test.each([
  ['uniform', 'flow'],
  ['logitNormal', 'flow'],
  ['uniform', 'v'],
] as const)(
  'trained with %s times, %s draws what it learned in a single step',
  async (timeSampling, objective) => {
    await tf.setBackend('wasm');
    const state = createTrainingState({ ...config, objective }, 1);
    const settings = {
      ...{ batchSize: 16, learningRate: 3e-3, emaDecay: 0.95, timeSampling },
      continuousTime: true,
    };
    const losses: number[] = [];
    for (let step = 0; step < 120; step++)
      losses.push(await trainStep(state, fusedOperations, oneGrey, settings).loss);
    expect(losses.at(-1)).toBeLessThan((losses[0] as number) / 3);
    const denoise = unetDenoiser(state.config, state.diffusion, fusedOperations, state.ema);
    let x = new Random(8).normal(4 * length);
    const timesteps = spacedTimesteps(state.diffusion, 1, 'noiseShare');
    for await (const step of flowEuler({
      diffusion: state.diffusion,
      denoise,
      start: x,
      timesteps,
      random: new Random(1),
    }))
      x = step.x;
    const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
    expect(Math.abs(mean - 0.6)).toBeLessThan(0.15);
    disposeTrainingState(state);
  },
  120_000,
);
