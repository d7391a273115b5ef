import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWebgpu } from '../backend/webgpu';
import { createDiffusion } from '../diffusion/diffusion';
import { fusedOperations } from '../kernels/fused';
import type { AdamEmaUpdate } from '../kernels/operations';
import { referenceOperations } from '../kernels/reference';
import { relativeError } from '../parity/golden';
import { Random } from '../training/random';
import { createTrainingState, disposeTrainingState, trainedLayers, trainStep } from '../training/trainer';
import { unetDenoiser } from '../unet/denoiser';
import { initialWeights } from '../unet/weights';
import { activations } from './activations';
import { type Change, changeHooks } from './changes';
import { HealthMonitor } from './healthMonitor';
import { pixelGradient } from './pixelGradient';
import { changesAsWeights, noisyImages, type Rewrite, smallConfig, weightsWith } from './testing';

// The activations themselves are compared with PyTorch's in parity/golden.browser.test.ts.

const config = smallConfig();

beforeAll(() =>
  startWebgpu({ allowSoftware: true, onLost: (reason) => expect.unreachable(reason) }).then(() => {}),
);
afterAll(() => tf.setBackend('cpu'));

/** Does work with the reference operations on the CPU, then goes back to WebGPU. */
async function onCpu<T>(work: () => Promise<T>): Promise<T> {
  await tf.setBackend('cpu');
  try {
    return await work();
  } finally {
    await tf.setBackend('webgpu');
  }
}

const pixel = { row: 2, column: 1, channel: 0 };
const t = 20;
const x = new Random(5).normal(config.imageSize ** 2);
const diffusion = createDiffusion(config.schedule, config.nSteps);
const at = pixel.row * config.imageSize + pixel.column;

test('on WebGPU the gradient of one pixel is that of finite differences of the reference', async () => {
  const differences = await onCpu(async () => {
    const weights = initialWeights(config, new Random(4));
    const step = 1e-2;
    // All displaced images in one batch: those with + first, then those with −.
    const displaced = Float32Array.from(
      [step, -step].flatMap((by) =>
        [...x].flatMap((_, i) => [...x].map((value, k) => value + (i === k ? by : 0))),
      ),
    );
    const eps = await unetDenoiser(config, diffusion, referenceOperations, weights)(displaced, t);
    tf.dispose([...weights.values()]);
    const predictedBy = (image: number) => eps[image * x.length + at] as number;
    return x.map((_, i) => (predictedBy(i) - predictedBy(x.length + i)) / (2 * step));
  });
  expect(tf.getBackend()).toBe('webgpu');
  const weights = initialWeights(config, new Random(4));
  const gradient = await pixelGradient(
    ...([config, diffusion, fusedOperations, weights, { x, t: [t] }, pixel, 'eps'] as const),
  );
  expect(relativeError(gradient, differences)).toBeLessThan(2e-3);
  tf.dispose([...weights.values()]);
});

describe('on WebGPU a part that is switched off is one', () => {
  const output = async (
    operations: typeof fusedOperations,
    rewrites: Record<string, Rewrite>,
    changes: Change[] = [],
  ) => {
    const weights = await weightsWith(config, rewrites);
    const hooks = changeHooks(config, changes);
    const seen = await activations(config, operations, weights, noisyImages(config), ['final'], hooks);
    tf.dispose([...weights.values()]);
    return seen.get('final')?.data as Float32Array;
  };

  test.each(changesAsWeights)('%s', async (_, changes, rewrites, both = {}) => {
    const expected = await onCpu(() => output(referenceOperations, { ...both, ...rewrites }));
    const broken = await output(fusedOperations, both, changes);
    expect(relativeError(broken, expected)).toBeLessThan(1e-4);
    expect(relativeError(broken, await output(fusedOperations, both))).toBeGreaterThan(1e-3);
  });

  test('with what is added to a channel, more bias', async () => {
    const expected = await onCpu(() =>
      output(referenceOperations, {
        'down.2.res.conv2': (value, row, column, rows) =>
          row === rows - 1 && column === 3 ? value + 1.5 : value,
      }),
    );
    const added = await output(fusedOperations, {}, [{ point: 'down.2.res', channel: 3, add: 1.5 }]);
    expect(relativeError(added, expected)).toBeLessThan(1e-4);
  });
});

test('on WebGPU the health is that of the weights before and after a step, and of the gradients in it', async () => {
  const layers = trainedLayers(config);
  const settings = { batchSize: 3, learningRate: 1e-2, emaDecay: 0.9 };
  const source = (random: Random, count: number) => ({
    images: random.normal(count * config.imageSize ** 2),
    labels: new Uint8Array(count),
  });
  const kept: tf.Tensor[] = [];
  const keeping = {
    ...fusedOperations,
    adamEma: (updates: AdamEmaUpdate[], options: Parameters<typeof fusedOperations.adamEma>[1]) => {
      kept.push(...updates.map(({ gradient }) => tf.keep(gradient.clone())));
      fusedOperations.adamEma(updates, options);
    },
  };
  const state = createTrainingState(config, 1);
  const read = (tensors: (tf.Tensor | undefined)[]) =>
    Promise.all(tensors.map(async (tensor) => Float32Array.from(await (tensor as tf.Tensor).data())));
  const weights = () => read(layers.map((name) => state.weights.get(name)));
  // Two steps, so that the moments are not those of one gradient.
  await trainStep(state, fusedOperations, source, settings).loss;
  const before = await weights();
  const monitor = new HealthMonitor(1);
  monitor.switch(true);
  let watched = monitor.watch(keeping);
  for (let step = 0; step < 5 && watched === keeping; step++) watched = monitor.watch(keeping);
  await trainStep(state, watched, source, settings).loss;
  const [after, gradients] = [await weights(), await read(kept)];
  const health = await monitor.measure();
  tf.dispose(kept);
  disposeTrainingState(state);

  expect(health?.layers).toHaveLength(layers.length);
  const size = (values: Float32Array) =>
    Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
  for (const [i, { weight, gradient, update }] of (health?.layers ?? []).entries()) {
    const [old, own, slope] = [before[i], after[i], gradients[i]] as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    const moved = own.map((value, k) => value - (old[k] as number));
    const nearly = (actual: number, expected: number, what: string) =>
      expect(Math.abs(actual / expected - 1), `${what} of ${layers[i]}`).toBeLessThan(1e-3);
    nearly(weight, size(own), 'weight');
    nearly(gradient, size(slope), 'gradient');
    nearly(update, size(moved), 'update');
  }
});
