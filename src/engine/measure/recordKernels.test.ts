import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { startWasm } from '../backend/wasm';
import { fusedOperations } from '../kernels/fused';
import { referenceOperations } from '../kernels/reference';
import { recordKernels } from './recordKernels';

beforeAll(async () => {
  await startWasm({ threads: 1 });
});

describe('recordKernels', () => {
  test('records what ran, with the shapes, and leaves the kernels as they were', () => {
    const before = tf.getKernel('Square', 'wasm')?.kernelFunc;
    const { calls, peakBytes } = recordKernels(fusedOperations, () =>
      tf.tidy(() => void tf.ones([2, 3]).square().reshape([6]).sum()),
    );
    expect(calls.map(({ name, dispatches }) => [name, dispatches])).toEqual([
      ['Square', 1],
      ['Reshape', 0],
      ['Sum', 1],
    ]);
    expect(calls[0]?.inputs.x?.shape).toEqual([2, 3]);
    expect(calls[2]?.outputs[0]?.shape).toEqual([]);
    expect(peakBytes).toBeGreaterThan(0);
    expect(tf.getKernel('Square', 'wasm')?.kernelFunc).toBe(before);
  });

  test('leaves the kernels as they were after an error', () => {
    const before = tf.getKernel('Square', 'wasm')?.kernelFunc;
    expect(() =>
      recordKernels(fusedOperations, () => {
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(tf.getKernel('Square', 'wasm')?.kernelFunc).toBe(before);
  });

  test('counts the kernels that a composed kernel runs, and records it as one', () => {
    const filter = tf.ones<tf.Rank.R4>([3, 3, 2, 2]);
    const x = tf.ones<tf.Rank.R4>([1, 4, 4, 2]);
    const { calls } = recordKernels(referenceOperations, () =>
      tf.dispose(tf.grad((w) => tf.conv2d(x, w as tf.Tensor4D, 1, 'same').sum())(filter)),
    );
    const gradient = calls.filter(({ name }) => name === 'Conv2DBackpropFilter');
    expect(gradient).toHaveLength(1);
    expect(gradient[0]?.dispatches).toBeGreaterThan(9);
    expect(calls.map(({ name }) => name)).not.toContain('StridedSlice');
    tf.dispose([filter, x]);
  });

  test('counts an Adam step as one kernel where it is one, else as all that it runs', () => {
    const settings = { learningRate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, step: 1, emaDecay: 0.9 };
    const gradient = tf.ones([4]);
    const [parameter, m, v, ema] = [0, 0, 0, 0].map(() => tf.variable(tf.zeros([4])));
    const update = { parameter, gradient, m, v, ema } as Parameters<typeof fusedOperations.adamEma>[0][0];
    const adamCalls = (operations: typeof fusedOperations) =>
      recordKernels(operations, (observed) => observed.adamEma([update], settings)).calls;
    expect(adamCalls(fusedOperations).map(({ dispatches }) => dispatches)).toEqual([1]);
    const stock = adamCalls(referenceOperations);
    expect(stock.map(({ name }) => name)).toEqual(['adamEma']);
    expect(stock[0]?.dispatches).toBeGreaterThan(15);
    tf.dispose([gradient, ...Object.values(update)]);
  });
});
