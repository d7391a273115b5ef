import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { fusedOperations } from '../kernels/fused';
import type { Operations } from '../kernels/operations';
import { referenceOperations } from '../kernels/reference';
import { measureSelfTest, selfTest, untruth } from './selfTest';
import { selfTestNumbers } from './selfTestNumbers';
import { startWasm } from './wasm';

beforeAll(async () => {
  tf.enableProdMode();
  await startWasm({ threads: 2 });
});

describe('the self-test', () => {
  test('holds the numbers that the reference computes on cpu', async () => {
    await tf.setBackend('cpu');
    const numbers = await measureSelfTest(referenceOperations);
    expect(untruth(numbers, selfTestNumbers)).toBeNull();
    expect(numbers.gradients.length).toBe(selfTestNumbers.gradients.length);
    expect(numbers.loss).toBeCloseTo(selfTestNumbers.loss, 5);
    numbers.gradients.flat().forEach((value, i) => {
      expect(value).toBeCloseTo(selfTestNumbers.gradients.flat()[i] as number, 5);
    });
  });

  test.each([fusedOperations, referenceOperations])(
    'passes on wasm, and leaves nothing behind',
    async (operations) => {
      await tf.setBackend('wasm');
      const before = tf.memory().numTensors;
      await selfTest(operations);
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  test('is little work: it runs before anything can be seen', async () => {
    await tf.setBackend('wasm');
    const { kernels, peakBytes } = await tf.profile(() => selfTest(fusedOperations) as never);
    expect(kernels.length).toBeLessThan(1000);
    expect(peakBytes).toBeLessThan(2 ** 21);
  });
});

describe('the self-test finds', () => {
  /** Operations of which one gives another value or gradient. */
  const faulty = (changes: Partial<Operations>): Operations => ({ ...fusedOperations, ...changes });
  /** The same value, with a gradient of the other sign. */
  const flipped = tf.customGrad((x) => ({
    value: (x as tf.Tensor).clone(),
    gradFunc: (dy: tf.Tensor) => dy.neg(),
  }));

  test.each<[string, Operations, RegExp]>([
    ['a wrong value', faulty({ attention: (qkv) => fusedOperations.attention(qkv).mul(2) }), /output/],
    [
      'a gradient with the wrong sign',
      faulty({
        convTranspose2d: (...args) => flipped(fusedOperations.convTranspose2d(...args)) as tf.Tensor4D,
      }),
      /the gradient of /,
    ],
    [
      'a loss that is off',
      faulty({ squaredError: (...args) => fusedOperations.squaredError(...args).mul(1.01) }),
      /the loss/,
    ],
    ['steps of Adam that go nowhere', faulty({ adamEma: () => {} }), /Adam/],
    [
      'steps of Adam that go the wrong way',
      faulty({
        adamEma: (updates, settings) =>
          fusedOperations.adamEma(updates, { ...settings, learningRate: -settings.learningRate }),
      }),
      /Adam/,
    ],
    ['NaN', faulty({ combine: (x) => x.mul(Number.NaN) }), /the loss/],
  ])('%s', async (_, operations, message) => {
    await tf.setBackend('wasm');
    const before = tf.memory().numTensors;
    await expect(selfTest(operations)).rejects.toThrow(message);
    expect(tf.memory().numTensors).toBe(before);
  });
});
