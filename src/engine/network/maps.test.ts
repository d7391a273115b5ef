import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWasm } from '../backend/wasm';
import { readSafetensors } from '../checkpoint/safetensors';
import { fusedOperations } from '../kernels/fused';
import { relativeError } from '../parity/golden';
import { parseModelConfig } from '../unet/config';
import { attentionPoints } from '../unet/hooks';
import { type StateDict, weightsFromStateDict } from '../unet/weights';
import { activations } from './activations';
import { attentionMaps } from './attentionMaps';
import { channelStatistics } from './channelStatistics';

const golden = async (name: string) =>
  readSafetensors(
    new Uint8Array(await readFile(new URL(`../../../golden/tiny.${name}.safetensors`, import.meta.url))),
  );

beforeAll(async () => {
  tf.enableProdMode();
  await startWasm({ threads: 1 });
});
afterAll(() => tf.setBackend('cpu'));

describe('where attention looks from a pixel', () => {
  test("is the row of PyTorch's weights of the position that covers it", async () => {
    const model = await golden('model');
    const config = parseModelConfig(JSON.parse(model.metadata.config as string));
    const weights = weightsFromStateDict(config, model.tensors as unknown as StateDict);
    const inputs = await golden('inputs');
    const first = (name: string, count: number) =>
      Array.from(inputs.tensors.get(name)?.data as Float32Array).slice(0, count);
    // The first image; one channel, so that NCHW is NHWC.
    const [x, t] = [Float32Array.from(first('x', 64)), first('t', 1)];
    const seen = await activations(config, fusedOperations, weights, { x, t }, attentionPoints(config));
    const maps = attentionMaps(config, seen, { row: 5, column: 3 });
    expect(maps.map(({ block }) => block)).toEqual(['down.2.attn', 'middle.attn', 'up.0.attn', 'up.1.attn']);
    const expected = await golden('activations');
    for (const { block, size, row, column, weights: looked } of maps) {
      // 4 × 4 positions: pixel (5, 3) of 8 × 8 lies in (2, 1), the ninth position after the first.
      expect({ size, row, column }).toEqual({ size: 4, row: 2, column: 1 });
      const all = expected.tensors.get(`${block}.weights`)?.data as Float32Array;
      expect(relativeError(looked, all.slice(9 * 16, 10 * 16))).toBeLessThan(1e-4);
      expect(looked.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    }
    expect(() => attentionMaps(config, seen, { row: 8, column: 3 })).toThrow(
      'The pixel (8, 3) is not in an image of 8 × 8.',
    );
    tf.dispose([...weights.values()]);
  });
});

describe('statistics of channels', () => {
  test('are mean and standard deviation over images and pixels', () => {
    // Two images of two channels of 1 × 2 pixels.
    const data = Float32Array.of(1, 3, 0, 0, 5, 7, 2, 6);
    const [first, second] = channelStatistics({ shape: [2, 2, 1, 2], data });
    expect(first).toMatchObject({ mean: 4, dead: false });
    expect(first?.spread).toBeCloseTo(Math.sqrt(5), 12);
    expect(second).toMatchObject({ mean: 2, dead: false });
    expect(second?.spread).toBeCloseTo(Math.sqrt(6), 12);
  });

  test('call a channel dead that hardly varies, however large it is', () => {
    const data = Float32Array.of(9, 9.01, -1, 1, 0, 0);
    const dead = channelStatistics({ shape: [1, 3, 1, 2], data }).map((channel) => channel.dead);
    expect(dead).toEqual([true, false, true]);
  });

  test('call all channels of a constant block dead', () => {
    expect(channelStatistics({ shape: [1, 1, 1, 2], data: Float32Array.of(4, 4) })).toEqual([
      { mean: 4, spread: 0, dead: true },
    ]);
  });
});
