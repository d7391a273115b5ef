import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { startWasm } from '../backend/wasm';
import { fusedOperations } from '../kernels/fused';
import type { Operations } from '../kernels/operations';
import { referenceOperations } from '../kernels/reference';
import { compareWithGolden, type GoldenSource, relativeError } from './golden';

const source: GoldenSource = (name) => readFile(new URL(`../../../golden/${name}`, import.meta.url));

beforeAll(async () => {
  tf.enableProdMode();
  await startWasm({ threads: 2 });
});

/** Parameters of golden/tiny.model that take part, each with a gradient, and tensors of golden/tiny.activations. */
const GRADIENTS = 120;
const ACTIVATIONS = 21;

describe("agrees with PyTorch's numbers to 1e-4", () => {
  test.each<[string, string, Operations]>([
    ['cpu', 'reference', referenceOperations],
    ['wasm', 'reference', referenceOperations],
    ['wasm', 'fused', fusedOperations],
  ])('on %s, by the %s operations', async (backend, _, operations) => {
    await tf.setBackend(backend);
    const before = tf.memory().numTensors;
    const agreements = await compareWithGolden(operations, source);
    expect(tf.memory().numTensors).toBe(before);

    const names = agreements.map(({ what }) => what);
    const quantities = names.filter((what) => !what.includes(' of '));
    expect(quantities).toEqual(['eps', 'loss', 'loss after one Adam step', '20-step chain']);
    expect(names.filter((what) => what.startsWith('gradient of '))).toHaveLength(GRADIENTS);
    expect(names.filter((what) => what.startsWith('activation of '))).toHaveLength(ACTIVATIONS);
    for (const { what, error } of agreements) expect(error, what).toBeLessThan(1e-4);
  });

  test('and would not, with one weight changed', async () => {
    await tf.setBackend('wasm');
    const changed: GoldenSource = async (name) => {
      const bytes = new Uint8Array(await source(name));
      if (name === 'tiny.model.safetensors') new DataView(bytes.buffer).setFloat32(bytes.length - 4, 1, true);
      return bytes;
    };
    const agreements = await compareWithGolden(fusedOperations, changed);
    for (const quantity of ['eps', 'loss', '20-step chain', 'activation of final'])
      expect(agreements.find(({ what }) => what === quantity)?.error).toBeGreaterThan(1e-4);
  });
});

test('relativeError takes nothing for agreement that is none', () => {
  expect(relativeError([1, 2], [1, 2.5])).toBeCloseTo(0.2, 12);
  expect(relativeError([1], [1, 2])).toBe(Number.POSITIVE_INFINITY);
  expect(relativeError([Number.NaN, 2], [1, 2])).toBe(Number.POSITIVE_INFINITY);
  expect(relativeError([3e-8], [1e-8])).toBeCloseTo(2e-5, 12);
  expect(relativeError([1e-6], [1e-8])).toBeGreaterThan(9e-4);
});
