import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startWasm } from '../backend/wasm';
import { Random } from '../training/random';
import { adamEmaDifference } from './adamEma/agreement';
import {
  type AgreementSettings,
  assertAgreement,
  evaluate,
  type OperationCase,
  type Outcome,
} from './agreement';
import { fusedOperations } from './fused';
import { operationCases } from './operationCases';
import { referenceOperations } from './reference';
import { guardAllocation, OutOfMemoryError, type TfjsWasmBackend } from './wasm/memory';
import { registerWasmKernels } from './wasm/register';

/** The reference is the reference on tfjs's own cpu backend: no line of it is shared with the kernels. */
const fusedOnWasm: AgreementSettings = {
  operations: fusedOperations,
  backend: 'wasm',
  reference: referenceOperations,
  referenceBackend: 'cpu',
  tolerance: 1e-5,
};

beforeAll(async () => {
  await tf.setBackend('cpu');
  const { threads, shared } = await startWasm({ threads: 3 });
  expect({ threads, shared }).toEqual({ threads: 3, shared: true });
});

describe('fused operations on wasm agree with the reference on cpu, in value and gradient', () => {
  for (const [name, cases] of Object.entries(operationCases(65))) {
    test(name, () =>
      fc.assert(
        fc.asyncProperty(cases, (operationCase) => assertAgreement(operationCase, fusedOnWasm)),
        { numRuns: 60 },
      ),
    );
  }
});

describe('the stock wasm backend can train by the reference operations', () => {
  for (const [name, cases] of Object.entries(operationCases(9))) {
    test(name, () =>
      fc.assert(
        fc.asyncProperty(cases, (operationCase) =>
          assertAgreement(operationCase, { ...fusedOnWasm, operations: referenceOperations }),
        ),
        { numRuns: 15 },
      ),
    );
  }
});

describe('adamEma on wasm', () => {
  afterEach(() => tf.setBackend('cpu'));

  test('agrees with float64 over five steps, in place', async () => {
    await tf.setBackend('wasm');
    const random = new Random(7);
    const shapes = [[3], [1], [17, 5], [64, 33], [150, 130]];
    const settings = { learningRate: 1e-2, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, emaDecay: 0.9 };
    const normal = () => random.normal(1)[0] as number;
    expect(await adamEmaDifference(fusedOperations, shapes, settings, 5, normal)).toBeLessThan(2e-6);
  });
});

describe('the wasm kernels', () => {
  test('give the same bits each time, and on any number of threads', async () => {
    const cases = Object.values(operationCases(33)).flatMap((arbitrary) => fc.sample(arbitrary, 4));
    const outcomes = async (threads: number) => {
      await tf.setBackend('wasm');
      expect((await registerWasmKernels({ threads })).threads).toBe(threads);
      await tf.setBackend('cpu');
      const results: Outcome[] = [];
      for (const operationCase of cases) results.push(await evaluate(operationCase, fusedOperations, 'wasm'));
      return results;
    };
    const alone = await outcomes(1);
    expect(await outcomes(1)).toEqual(alone);
    expect(await outcomes(2)).toEqual(alone);
    expect(await outcomes(3)).toEqual(alone);
  });

  test('leave nothing near the subnormal numbers where attention is peaked: arithmetic with those is slow', async () => {
    const random = new Random(5);
    const qkv = { shape: [2, 16, 96], values: random.normal(2 * 16 * 96).map((value) => 12 * value) };
    const run: OperationCase['run'] = (operations, inputs) => operations.attention(inputs.qkv as tf.Tensor3D);
    const outcome = await evaluate(
      { label: 'peaked attention', inputs: { qkv }, run },
      fusedOperations,
      'wasm',
    );
    const values = [...outcome.values()].flatMap(({ values }) => [...values]);
    expect(values.filter((value) => value !== 0 && Math.abs(value) < 2 ** -100)).toEqual([]);
    expect(values.some((value) => Math.abs(value) > 1)).toBe(true);
  });

  test('join two tensors on any axis, and leave the rest to the stock kernel', async () => {
    await tf.setBackend('wasm');
    for (const axis of [0, 1, -1]) {
      const joined = tf.concat([tf.ones([2, 3, 5]), tf.zeros([2, 3, 5])], axis);
      const stock = tf.concat([tf.ones([2, 3, 5]), tf.zeros([2, 3, 5]), tf.zeros([2, 3, 5])], axis);
      const begin = [0, 0, 0];
      expect(await joined.data()).toEqual(await stock.slice(begin, joined.shape).data());
      expect((await joined.sum().data())[0]).toBe(30);
    }
    await tf.setBackend('cpu');
  });

  test('say so when a tensor does not fit in 4 GiB, and go on with what there is', async () => {
    await tf.setBackend('wasm');
    const kept = tf.tensor1d([1, 2, 3]);
    const column = tf.zeros([2 ** 15, 1]);
    const outer = (width: number) => tf.tidy(() => column.add(tf.zeros([1, width])));
    expect(() => outer(2 ** 15 + 64)).toThrow(/Out of memory: .* 4104\.0 MiB/);
    expect(await kept.data()).toEqual(Float32Array.of(1, 2, 3));
    tf.dispose([kept, column]);
    await tf.setBackend('cpu');
  });

  test('say so when the allocator has no more', () => {
    const wasmMemory = new WebAssembly.Memory({ initial: 1 });
    const last = 2 ** 16 - 64;
    const allocator = { _malloc: (bytes: number) => (bytes > 100 ? 0 : last), _free: () => {}, wasmMemory };
    guardAllocation({ wasm: allocator } as unknown as TfjsWasmBackend);
    expect(allocator._malloc(64)).toBe(last);
    expect(() => allocator._malloc(101)).toThrow(OutOfMemoryError);
    expect(() => allocator._malloc(65), 'beyond the end of the memory').toThrow(OutOfMemoryError);
  });
});
