import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWasm } from '../backend/wasm';
import { alphaBarAt, createDiffusion } from '../diffusion/diffusion';
import { fusedOperations } from '../kernels/fused';
import { referenceOperations } from '../kernels/reference';
import { relativeError } from '../parity/golden';
import { Random } from '../training/random';
import { unetDenoiser } from '../unet/denoiser';
import { initialWeights } from '../unet/weights';
import { changeHooks } from './changes';
import { type Predicted, pixelGradient } from './pixelGradient';
import { smallConfig } from './testing';

beforeAll(async () => {
  tf.enableProdMode();
  await startWasm({ threads: 1 });
});
afterAll(() => tf.setBackend('cpu'));

const pixel = { row: 2, column: 1, channel: 1 };
const t = 20;

describe.each([
  ['cpu', referenceOperations],
  ['wasm', fusedOperations],
] as const)('on %s the gradient of one pixel', (backend, operations) => {
  test.each<[objective: string, of: Predicted, broken: boolean, learnedVariance?: boolean]>([
    ['epsilon', 'eps', false],
    ['v', 'x0', false, true],
    ['epsilon', 'x0', false],
    ['v', 'eps', false],
    ['x0', 'x0', true],
    ['flow', 'eps', false],
    ['flow', 'x0', false],
  ])(
    'is that of finite differences: objective %s, of %s',
    async (objective, of, broken, learned_variance = false) => {
      await tf.setBackend(backend);
      const config = smallConfig({ image_channels: 2, objective, schedule: 'cosine', learned_variance });
      const diffusion = createDiffusion(config.schedule, config.nSteps);
      const weights = initialWeights(config, new Random(4));
      const x = new Random(5).normal(2 * config.imageSize ** 2);
      const hooks = broken ? changeHooks(config, [{ point: 'up.3.res.skip', scale: 0 }]) : undefined;

      const denoise = unetDenoiser(config, diffusion, operations, weights, undefined, hooks);
      const at = (pixel.row * config.imageSize + pixel.column) * 2 + pixel.channel;
      // All displaced images in one batch: those with + first, then those with −.
      const step = 1e-2;
      const displaced = Float32Array.from(
        [step, -step].flatMap((by) =>
          [...x].flatMap((_, i) => [...x].map((value, k) => value + (i === k ? by : 0))),
        ),
      );
      const eps = await denoise(displaced, t);
      const alphaBar = alphaBarAt(diffusion, t);
      const predictedBy = (image: number) => {
        const place = image * x.length + at;
        const noise = eps[place] as number;
        if (of === 'eps') return noise;
        return ((displaced[place] as number) - Math.sqrt(1 - alphaBar) * noise) / Math.sqrt(alphaBar);
      };
      const differences = x.map((_, i) => (predictedBy(i) - predictedBy(x.length + i)) / (2 * step));

      const before = tf.memory().numTensors;
      const input = { x, t: [t] };
      const gradient = await pixelGradient(config, diffusion, operations, weights, input, pixel, of, hooks);
      expect(tf.memory().numTensors).toBe(before);
      expect(relativeError(gradient, differences)).toBeLessThan(2e-3);
      tf.dispose([...weights.values()]);
    },
  );
});

describe('of several images', () => {
  const config = smallConfig();
  const diffusion = createDiffusion(config.schedule, config.nSteps);

  test('each has the gradient that it has alone, at its own t', async () => {
    await tf.setBackend('wasm');
    const weights = initialWeights(config, new Random(4));
    const x = new Random(5).normal(2 * 16);
    const gradientOf = (input: { x: Float32Array; t: number[] }) =>
      pixelGradient(config, diffusion, fusedOperations, weights, input, { ...pixel, channel: 0 }, 'x0');
    const both = await gradientOf({ x, t: [3, 40] });
    const alone = [
      ...(await gradientOf({ x: x.slice(0, 16), t: [3] })),
      ...(await gradientOf({ x: x.slice(16), t: [40] })),
    ];
    for (const half of [0, 16])
      expect(relativeError(both.slice(half, half + 16), alone.slice(half, half + 16))).toBeLessThan(1e-5);
    tf.dispose([...weights.values()]);
  });

  test('a pixel outside is refused', async () => {
    const weights = initialWeights(config, new Random(4));
    const input = { x: new Float32Array(16), t: [3] };
    const outside = { row: 4, column: 1, channel: 0 };
    await expect(
      pixelGradient(config, diffusion, fusedOperations, weights, input, outside, 'eps'),
    ).rejects.toThrow('The pixel (4, 1), channel 0, is not in an image of 4 × 4 with 1 channels.');
    tf.dispose([...weights.values()]);
  });
});
