import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWasm } from '../backend/wasm';
import { fusedOperations } from '../kernels/fused';
import { referenceOperations } from '../kernels/reference';
import { recordKernels } from '../measure/recordKernels';
import { Random } from '../training/random';
import { attentionPoints, type ForwardHooks, pointsOf } from '../unet/hooks';
import { modulesOf } from '../unet/modules';
import { unet } from '../unet/unet';
import { initialWeights } from '../unet/weights';
import { activations, inputTensors, moduleOutputs } from './activations';
import { noisyImages, smallConfig } from './testing';

const backends = [
  ['cpu', referenceOperations],
  ['wasm', fusedOperations],
] as const;

beforeAll(async () => {
  tf.enableProdMode();
  await startWasm({ threads: 1 });
});
afterAll(() => tf.setBackend('cpu'));

const configs = {
  'two levels': smallConfig(),
  'three levels of two blocks, attention on two, classes, RGB': smallConfig({
    image_channels: 3,
    image_size: 8,
    ch_mults: [1, 2, 1],
    is_attn: [true, false, true],
    n_blocks: 2,
    n_classes: 3,
  }),
};

describe.each(Object.entries(configs))('the points of a network of %s', (_, config) => {
  test.each(backends)('are each reached once, on %s', async (backend, operations) => {
    await tf.setBackend(backend);
    const weights = initialWeights(config, new Random(1));
    const reached: [string, number][] = [];
    const attended: [string, number[]][] = [];
    const channels = pointsOf(config);
    const hooks: ForwardHooks = new Map(
      [...channels.keys(), ...attentionPoints(config)].map((point) => [
        point,
        (value) => {
          if (channels.has(point)) reached.push([point, value.shape.at(-1) as number]);
          else attended.push([point, value.shape]);
          return value;
        },
      ]),
    );
    const input = noisyImages(config);
    tf.tidy(() => {
      unet(config, operations, weights, inputTensors(config, input, hooks));
    });
    const byName = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1);
    expect(reached.sort(byName)).toEqual([...channels].sort(byName));
    const sizes = modulesOf(config).flatMap(({ kind, name, size }): [string, number[]][] =>
      kind === 'attention' ? [[`${name}.weights`, [2, size ** 2, size ** 2]]] : [],
    );
    expect(attended).toEqual(sizes);
    tf.dispose([...weights.values()]);
  });

  test('give maps of the sizes that the modules have', async () => {
    await tf.setBackend('wasm');
    const weights = initialWeights(config, new Random(1));
    const before = tf.memory().numTensors;
    const maps = await activations(
      config,
      fusedOperations,
      weights,
      noisyImages(config),
      moduleOutputs(config),
    );
    expect(tf.memory().numTensors).toBe(before);
    for (const { name, kind, size, outputs } of modulesOf(config))
      expect(maps.get(name)?.shape).toEqual(kind === 'time' ? [2, outputs] : [2, outputs, size, size]);
    tf.dispose([...weights.values()]);
  });
});

describe('observing', () => {
  const config = smallConfig({ n_classes: 2 });
  const input = noisyImages(config);

  test.each(backends)('changes nothing, on %s', async (backend, operations) => {
    await tf.setBackend(backend);
    const weights = initialWeights(config, new Random(1));
    const output = async (points: string[]) =>
      (await activations(config, operations, weights, input, [...points, 'final'])).get('final')
        ?.data as Float32Array;
    const plain = tf.tidy(() => unet(config, operations, weights, inputTensors(config, input)));
    const unobserved = await plain.data();
    // One channel, so that NCHW and NHWC are the same order.
    for (const points of [[], moduleOutputs(config), [...pointsOf(config).keys()]]) {
      for (const [i, value] of (await output(points)).entries())
        expect(Math.abs(value - (unobserved[i] as number))).toBeLessThan(1e-6);
    }
    tf.dispose([plain, ...weights.values()]);
  });

  test('leaves the fused kernels of maps as they are', async () => {
    await tf.setBackend('wasm');
    const weights = initialWeights(config, new Random(1));
    const kernels = (hooks?: ForwardHooks) =>
      recordKernels(fusedOperations, (operations) => {
        tf.tidy(() => {
          unet(config, operations, weights, inputTensors(config, input, hooks));
        });
      }).calls.map(({ name }) => name);
    const seen: string[] = [];
    const maps = modulesOf(config).filter(({ kind }) => kind !== 'time');
    const hooks: ForwardHooks = new Map(
      maps.map(({ name }) => [
        name,
        (value) => {
          seen.push(name);
          return value;
        },
      ]),
    );
    expect(kernels(hooks)).toEqual(kernels());
    expect(seen).toEqual(maps.map(({ name }) => name));
    tf.dispose([...weights.values()]);
  });

  test('refuses a point that is none', async () => {
    await tf.setBackend('wasm');
    const weights = initialWeights(config, new Random(1));
    await expect(activations(config, fusedOperations, weights, input, ['down.9.res'])).rejects.toThrow(
      "The network has no point 'down.9.res'.",
    );
    tf.dispose([...weights.values()]);
  });
});
