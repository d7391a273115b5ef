import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { startWasm } from '../backend/wasm';
import { fusedOperations } from '../kernels/fused';
import type { TfjsWasmBackend } from '../kernels/wasm/memory';
import { MeasuredModel } from '../measure/measuredModel';
import { Random } from '../training/random';
import { disposeSnapshot, takeSnapshot } from '../training/snapshot';
import { createTrainingState, disposeTrainingState, trainStep } from '../training/trainer';
import { type ModelConfig, parseModelConfig } from './config';
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

/** What the kernels work in stays, as large as the largest layer so far needs it: a first model makes it. */
async function makeScratch(config: ModelConfig, batchSize: number): Promise<void> {
  const first = new MeasuredModel(config, batchSize, fusedOperations);
  await first.trainStep();
  first.dispose();
}

describe('what a model of these weights takes', () => {
  test.each(cases)('%s', async (_, changes, batchSize) => {
    const config = parseModelConfig({ ...small, ...changes });
    await makeScratch(config, batchSize);
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

test('a run holds two copies of weights, average and both moments beside what a step takes', async () => {
  const config = parseModelConfig({ ...small, n_channels: 128, ch_mults: [1, 2], is_attn: [false, true] });
  await makeScratch(config, 2);
  const before = allocated.now;
  const state = createTrainingState(config, 1);
  const source = (_: Random, count: number) => ({
    images: new Random(2).normal(count * 64),
    labels: new Uint8Array(count),
  });
  const settings = { batchSize: 2, learningRate: 2e-5, emaDecay: 0.999 };
  await trainStep(state, fusedOperations, source, settings).loss;
  // As a run renews the copy that it would go back to: the next one is taken before the last is given up.
  const copies = [takeSnapshot(state), takeSnapshot(state)];
  allocated.most = 0;
  await trainStep(state, fusedOperations, source, settings).loss;
  const measured = allocated.most - before;
  const { total } = memoryEstimate(config, 2);
  expect(total / measured).toBeGreaterThan(0.96);
  expect(total / measured).toBeLessThan(1.03);
  copies.forEach(disposeSnapshot);
  disposeTrainingState(state);
});

test("of PyTorch's count of parameters, the estimate has thirteen sets beside the activations", () => {
  // golden/tiny.model: weights, average, two moments; two copies of these; gradients. Four bytes each.
  const tiny = parseModelConfig({ ...small, ch_mults: [1, 2], is_attn: [false, true] });
  const { weights, total } = memoryEstimate(tiny, 2);
  expect(weights).toBe(4 * 4 * 595_393);
  expect(total - stepBytes(tiny, 2)).toBe(13 * 4 * 595_393);
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

  test('trusts a GPU with 2 GiB and wasm with 3, and what needs more than one of these is refused there', () => {
    vi.stubGlobal('navigator', {});
    expect(memoryLimit('webgpu')).toBe(2 * 2 ** 30);
    expect(memoryLimit('webgl')).toBe(2 * 2 ** 30);
    expect(memoryLimit('wasm')).toBe(3 * 2 ** 30);
    // 13 sets of 4 bytes: 2.5 GiB is that of 51.6 million parameters, and activations of one small image are nothing beside it.
    const large = parseModelConfig({
      ...small,
      n_channels: 304,
      ch_mults: [1, 2],
      is_attn: [false, true],
      n_groups: 8,
    });
    const { total } = memoryEstimate(large, 1);
    expect(total).toBeGreaterThan(2 * 2 ** 30);
    expect(total).toBeLessThan(3 * 2 ** 30);
    expect(() => checkMemory(large, 1, 'webgpu')).toThrow(/and there are 2\.0 GiB/);
    expect(() => checkMemory(large, 1, 'wasm')).not.toThrow();
  });

  test('leaves half of the device to others', () => {
    const without = memoryLimit('wasm');
    vi.stubGlobal('navigator', { deviceMemory: 2 });
    expect(memoryLimit('wasm')).toBe(2 ** 30);
    expect(memoryLimit('webgpu')).toBe(2 ** 30);
    vi.stubGlobal('navigator', { deviceMemory: 8 });
    expect(memoryLimit('wasm')).toBe(without);
  });
});
