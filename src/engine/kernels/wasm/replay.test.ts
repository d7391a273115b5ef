import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWasm } from '../../backend/wasm';
import { countReplays, tracedOperations } from '../../training/replayAgreement';
import { fusedOperations } from '../fused';
import type { Operations } from '../operations';
import { feed } from '../replay/feed';
import { Repeated } from '../replay/repeated';
import { backendMemory, OutOfMemoryError, type TfjsWasmBackend } from './memory';

let backend: TfjsWasmBackend;
/** Stays where it is. */
let kernel: tf.Tensor2D;

beforeAll(async () => {
  await startWasm({ threads: 2 });
  backend = tf.backend() as unknown as TfjsWasmBackend;
  kernel = tf.randomNormal([9 * 32 + 1, 32], 0, 0.1, 'float32', 1);
});
afterAll(() => tf.setBackend('cpu'));

/** Three convolutions one after another, of images that are others each time. */
const chain = (operations: Operations, size = 16) =>
  new Repeated(operations, (input: { seed: number }) => {
    const images = () => Float32Array.from({ length: size * size * 32 }, (_, i) => Math.sin(i * input.seed));
    const x = feed<tf.Rank.R4>(images, [1, size, size, 32]);
    const { conv2d } = operations;
    return [1, 2, 3].reduce((h) => conv2d(h, kernel, { size: 3, residual: h }), x as tf.Tensor4D);
  });

describe('a replay on wasm', () => {
  test('goes on through tfjs where its memory cannot be had, and replays when it can', async () => {
    const replays = countReplays();
    const [replayed, traced] = [chain(fusedOperations), chain(tracedOperations)];
    for (const seed of [1, 2]) await replayed.run({ seed });
    expect(replayed.isReplayed).toBe(true);
    const allocate = backend.wasm._malloc;
    backend.wasm._malloc = (bytes) => {
      // What a replay asks for first are the words of its arguments.
      backend.wasm._malloc = allocate;
      throw new OutOfMemoryError(bytes);
    };
    const without = await replayed.run({ seed: 3 });
    expect(replays.count()).toBe(0);
    expect(without).toEqual(await traced.run({ seed: 3 }));
    expect(await replayed.run({ seed: 4 })).toEqual(await traced.run({ seed: 4 }));
    expect(replays.count()).toBe(1);
    replays.stop();
    replayed.dispose();
  });

  test('is over where a tensor that it starts from is gone', async () => {
    const replays = countReplays();
    const repeated = chain(fusedOperations);
    for (const seed of [1, 2, 3]) await repeated.run({ seed });
    expect(replays.count()).toBe(1);
    const other = kernel.mul<tf.Tensor2D>(2);
    kernel.dispose();
    kernel = other;
    const traced = chain(tracedOperations);
    expect(await repeated.run({ seed: 5 })).toEqual(await traced.run({ seed: 5 }));
    expect(replays.count()).toBe(1);
    replays.stop();
    repeated.dispose();
  });

  test('gives its memory back', async () => {
    const bytes = () => backendMemory(backend).buffer.byteLength;
    const round = async () => {
      // Its maps have 128 KiB each.
      const repeated = chain(fusedOperations, 32);
      for (const seed of [1, 2, 3]) await repeated.run({ seed });
      repeated.dispose();
    };
    for (let i = 0; i < 4; i++) await round();
    const before = bytes();
    for (let i = 0; i < 200; i++) await round();
    expect(bytes()).toBe(before);
  });
});
