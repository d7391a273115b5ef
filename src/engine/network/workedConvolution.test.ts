import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWasm } from '../backend/wasm';
import { fusedOperations } from '../kernels/fused';
import { Random } from '../training/random';
import { layersOf } from '../unet/layers';
import { unpackLayer } from '../unet/parameters';
import { initialWeights, type Variables } from '../unet/weights';
import { type Activation, activations } from './activations';
import { noisyImages, smallConfig } from './testing';
import { convolutionOf, kernelsOf, workConvolution } from './workedConvolution';

const config = smallConfig();
const input = noisyImages(config);
let weights: Variables;

beforeAll(async () => {
  tf.enableProdMode();
  await startWasm({ threads: 1 });
  weights = initialWeights(config, new Random(1));
});
afterAll(() => tf.setBackend('cpu'));

const matrixOf = async (layer: string) => (await weights.get(layer)?.data()) as Float32Array;

async function work(layer: string, row: number, column: number, channel: number, image = 1) {
  const point = layer.replace('shortcut', 'input').replace(/\.?(conv\w*|image_proj|final)$/, '$&.input');
  const seen = await activations(config, fusedOperations, weights, input, [point]);
  const at = { image, row, column, channel };
  return workConvolution(config, layer, await matrixOf(layer), seen.get(point) as Activation, at);
}

async function valueAt(point: string, row: number, column: number, channel: number, image = 1) {
  const seen = await activations(config, fusedOperations, weights, input, [point]);
  const { shape, data } = seen.get(point) as Activation;
  const [, channels, height, width] = shape as [number, number, number, number];
  return data[((image * channels + channel) * height + row) * width + column] as number;
}

describe('one output of a convolution, worked out', () => {
  // Where the convolution's output can be observed by itself; edges, where the kernel reaches outside, and the inside.
  test.each<[layer: string, point: string, row: number, column: number, channel: number]>([
    ['image_proj', 'image_proj', 0, 0, 7],
    ['down.0.res.conv1', 'down.0.res.conv1', 1, 2, 3],
    ['down.1.conv', 'down.1', 0, 1, 5],
    ['down.1.conv', 'down.1', 1, 0, 2],
    ['middle.res1.conv1', 'middle.res1.conv1', 1, 1, 15],
    ['up.2.conv', 'up.2', 0, 0, 1],
    ['up.2.conv', 'up.2', 1, 2, 4],
    ['up.2.conv', 'up.2', 3, 3, 6],
    ['final', 'final', 3, 1, 0],
  ])(
    '%s gives what the network has at %s (%i, %i), channel %i',
    async (layer, point, row, column, channel) => {
      const { sum } = await work(layer, row, column, channel);
      expect(sum).toBeCloseTo(await valueAt(point, row, column, channel), 5);
    },
  );

  test('conv2 of a block without a shortcut gives its output less its input', async () => {
    const { sum } = await work('down.0.res.conv2', 2, 3, 4);
    const added = await valueAt('down.0.res.input', 2, 3, 4);
    expect(sum + added).toBeCloseTo(await valueAt('down.0.res', 2, 3, 4), 5);
  });

  test('lists 9·C products, or 4·C of an upsampling, the largest first, which add up', async () => {
    const inner = await work('down.0.res.conv1', 1, 1, 0);
    expect(inner.products).toHaveLength(9 * 8);
    expect((await work('up.2.conv', 1, 1, 0)).products).toHaveLength(4 * 8);
    const sizes = inner.products.map(({ product }) => Math.abs(product));
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    for (const { product, weight, input: value } of inner.products) expect(product).toBe(weight * value);
    const total = inner.products.reduce((sum, { product }) => sum + product, inner.bias);
    expect(total).toBeCloseTo(inner.sum, 6);
    const corner = await work('down.0.res.conv1', 0, 0, 0);
    const outside = corner.products.filter(({ kernelRow, kernelColumn }) => kernelRow * kernelColumn === 0);
    expect(outside).toHaveLength(5 * 8);
    for (const { input: value } of outside) expect(value).toBe(0);
  });

  test('of a block with a shortcut, its output is that of the shortcut and of conv2', async () => {
    const at = [1, 0, 9] as const;
    const [second, shortcut] = [
      await work('down.2.res.conv2', ...at),
      await work('down.2.res.shortcut', ...at),
    ];
    expect(shortcut.products).toHaveLength(8);
    expect(second.sum + shortcut.sum).toBeCloseTo(await valueAt('down.2.res', ...at), 5);
  });

  test('has the kernels of its output channel as the reference lays them out', async () => {
    for (const name of ['down.0.res.conv1', 'down.2.res.shortcut', 'up.2.conv', 'final']) {
      const layer = layersOf(config).find((each) => each.name === name) as ReturnType<typeof convolutionOf>;
      const { weight } = unpackLayer(layer, await matrixOf(name));
      const { size, inputs, outputs } = convolutionOf(config, name);
      const channel = outputs - 1;
      const expected = Array.from({ length: inputs }, (_, i) => {
        // [out, in, k, k], or [in, out, k, k] of the transposed convolution.
        const plane = name === 'up.2.conv' ? i * outputs + channel : channel * inputs + i;
        return [...weight.slice(plane * size ** 2, (plane + 1) * size ** 2)];
      }).flat();
      expect([...kernelsOf(config, name, await matrixOf(name), channel)]).toEqual(expected);
    }
  });

  test('is refused where there is none', async () => {
    expect(() => convolutionOf(config, 'down.0.res.norm1')).toThrow("no convolution 'down.0.res.norm1'");
    await expect(work('down.1.conv', 2, 0, 0)).rejects.toThrow('no output at (2, 0), channel 0');
    await expect(work('final', 0, 0, 1)).rejects.toThrow('no output at (0, 0), channel 1');
  });
});
