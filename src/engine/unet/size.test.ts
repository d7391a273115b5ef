import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { startWasm } from '../backend/wasm';
import { fusedOperations } from '../kernels/fused';
import type { TfjsWasmBackend } from '../kernels/wasm/memory';
import { MeasuredModel } from '../measure/measuredModel';
import { parseModelConfig } from './config';
import { checkMemory, memoryEstimate, memoryLimit, parameterCount, stepBytes } from './size';

const small = { image_channels: 1, image_size: 8, n_channels: 32, n_blocks: 1, n_steps: 100, dropout: 0 };
const cases: [string, object, number][] = [
  ['two levels', { ch_mults: [1, 2], is_attn: [false, true] }, 64],
  ['a small batch', { ch_mults: [1, 2], is_attn: [false, true] }, 3],
  ['three levels', { image_size: 28, ch_mults: [1, 2, 2], is_attn: [false, false, true] }, 8],
  [
    'attention on every level, RGB, two blocks, dropout',
    {
      image_size: 16,
      image_channels: 3,
      n_channels: 64,
      ch_mults: [1, 1, 2],
      is_attn: [true, true, true],
      n_blocks: 2,
      dropout: 0.1,
    },
    4,
  ],
  ['attention on one level', { image_size: 16, ch_mults: [1], is_attn: [true], n_blocks: 2 }, 8],
  [
    'wide, so that weights outweigh activations',
    { n_channels: 128, ch_mults: [1, 2], is_attn: [false, false] },
    2,
  ],
  [
    'channels that fall again',
    { image_size: 16, ch_mults: [1, 2, 1], is_attn: [false, false, true], n_blocks: 3 },
    16,
  ],
];

/** Bytes that the wasm backend has allocated, now and at most since the last reset. */
const allocated = { now: 0, most: 0 };

beforeAll(async () => {
  tf.enableProdMode();
  await startWasm({ threads: 1 });
  const { wasm } = tf.backend() as unknown as TfjsWasmBackend;
  const sizes = new Map<number, number>();
  const { _malloc, _free } = wasm;
  wasm._malloc = (bytes) => {
    const pointer = _malloc(bytes);
    sizes.set(pointer, bytes);
    allocated.now += bytes;
    allocated.most = Math.max(allocated.most, allocated.now);
    return pointer;
  };
  wasm._free = (pointer) => {
    allocated.now -= sizes.get(pointer >>> 0) ?? 0;
    sizes.delete(pointer >>> 0);
    _free(pointer);
  };
});

describe('what a model of these weights takes', () => {
  test.each(cases)('%s', async (_, changes, batchSize) => {
    const config = parseModelConfig({ ...small, ...changes });
    const before = allocated.now;
    const model = new MeasuredModel(config, batchSize, fusedOperations);
    const { weights } = memoryEstimate(config, batchSize);
    expect(allocated.now - before).toBe(weights);
    await model.trainStep();
    allocated.most = 0;
    await model.trainStep();
    const measured = allocated.most - before;
    const gradients = 4 * parameterCount(config);
    const estimated = weights + gradients + stepBytes(config, batchSize);
    expect(estimated / measured).toBeGreaterThan(0.96);
    expect(estimated / measured).toBeLessThan(1.03);
    model.dispose();
  });
});

describe('checkMemory', () => {
  const config = parseModelConfig({ ...small, n_channels: 512, ch_mults: [1, 2], is_attn: [false, true] });

  afterEach(() => vi.unstubAllGlobals());

  test('names need and limit, before anything is allocated', () => {
    const before = allocated.now;
    expect(() => checkMemory(config, 4096, 'wasm')).toThrow(
      /with a batch of 4096 takes about \d+\.\d GiB, and there are 3\.0 GiB: take fewer channels/,
    );
    expect(allocated.now).toBe(before);
    checkMemory(parseModelConfig({ ...small, ch_mults: [1], is_attn: [true] }), 64, 'cpu');
  });

  test('leaves half of the device to others', () => {
    const without = memoryLimit('wasm');
    vi.stubGlobal('navigator', { deviceMemory: 2 });
    expect(memoryLimit('wasm')).toBe(2 ** 30);
    vi.stubGlobal('navigator', { deviceMemory: 8 });
    expect(memoryLimit('wasm')).toBe(without);
  });
});
