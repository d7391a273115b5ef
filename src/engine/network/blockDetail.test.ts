import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWasm } from '../backend/wasm';
import { fusedOperations } from '../kernels/fused';
import { Random } from '../training/random';
import { modulesOf } from '../unet/modules';
import { initialWeights, type Variables } from '../unet/weights';
import { type Activation, activations } from './activations';
import { blockDetail, detailPoints } from './blockDetail';
import { noisyImages, smallConfig } from './testing';

const config = smallConfig({ n_channels: 16 });
const input = noisyImages(config, 1);
let weights: Variables;

beforeAll(async () => {
  tf.enableProdMode();
  await startWasm({ threads: 1 });
  weights = initialWeights(config, new Random(1));
});
afterAll(() => tf.setBackend('cpu'));

const place = { row: 3, column: 1 };

async function detailOf(block: string, channel: number) {
  const points = [...new Set([block, ...detailPoints(config, block)])];
  const seen = await activations(config, fusedOperations, weights, input, points);
  return { seen, detail: await blockDetail(config, weights, seen, { block, place, channel }) };
}

describe('a block taken apart at one pixel', () => {
  test.each(modulesOf(config).filter(({ kind }) => kind !== 'time'))(
    '$name adds up to what it gives there',
    async ({ name, kind, size, inputs, outputs }) => {
      const channel = outputs - 1;
      const { detail } = await detailOf(name, channel);
      if (!detail) throw new Error('There is no detail.');
      // (3, 1) of 4 × 4 is covered by (1, 0) of 2 × 2.
      expect(detail).toMatchObject({ block: name, channel, ...(size === 4 ? place : { row: 1, column: 0 }) });
      for (const { products, rest, bias, sum } of detail.convolutions)
        expect(products.reduce((total, { product }) => total + product, bias + rest.sum)).toBeCloseTo(sum, 5);
      const sums = new Map(detail.convolutions.map(({ layer, sum }) => [layer.slice(name.length + 1), sum]));
      const parts: Record<typeof kind, (number | undefined)[]> = {
        residual: [sums.get('conv2'), inputs === outputs ? detail.input : sums.get('shortcut')],
        attention: [detail.input, detail.attended],
        downsample: [sums.get('conv')],
        upsample: [sums.get('conv')],
        convolution: [sums.get('')],
        time: [],
      };
      const whole = parts[kind].reduce<number>((total, part) => total + (part as number), 0);
      expect(whole).toBeCloseTo(detail.value, 4);
    },
  );

  test('lists 16 products and says how many more there are', async () => {
    const { detail } = await detailOf('down.0.res', 0);
    const [first] = detail?.convolutions ?? [];
    expect(first?.products).toHaveLength(16);
    expect(first?.rest.count).toBe(9 * 16 - 16);
    expect(first?.kernels).toHaveLength(9 * 16);
  });

  test('says what the time adds, and how widely the channels vary where it is added', async () => {
    const { detail, seen } = await detailOf('down.2.res', 0);
    const { shift, spread } = detail?.timeShift ?? {};
    expect(shift).toEqual(seen.get('down.2.res.time_emb')?.data);
    expect(shift).toHaveLength(32);
    const { data } = seen.get('down.2.res.conv1') as Activation;
    const channel = data.slice(4 * 5, 4 * 6);
    const mean = channel.reduce((a, b) => a + b) / 4;
    const deviation = Math.sqrt(channel.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 4);
    expect(spread?.[5]).toBeCloseTo(deviation, 6);
  });

  test('is none of the time embedding, and is refused where there is none', async () => {
    expect((await detailOf('time_emb', 0)).detail).toBeUndefined();
    await expect(detailOf('down.7.res', 0)).rejects.toThrow("no block 'down.7.res'");
    await expect(detailOf('final', 1)).rejects.toThrow("channel of 'final' must be from 0 to 0, not 1");
  });
});
