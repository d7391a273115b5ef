import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWebgpu } from '../backend/webgpu';
import { fusedOperations } from '../kernels/fused';
import { compareWithGolden, type GoldenSource } from './golden';

const source: GoldenSource = async (name) => {
  const response = await fetch(new URL(`/golden/${name}`, location.href));
  return new Uint8Array(await response.arrayBuffer());
};

beforeAll(async () => {
  await startWebgpu({ allowSoftware: true, onLost: (reason) => expect.unreachable(reason) });
});
afterAll(() => tf.setBackend('cpu'));

describe("agrees with PyTorch's numbers to 1e-4", () => {
  test('on webgpu, by the fused operations', async () => {
    const before = tf.memory().numTensors;
    const agreements = await compareWithGolden(fusedOperations, source);
    expect(tf.memory().numTensors).toBe(before);
    expect(agreements.length).toBeGreaterThan(120);
    for (const { what, error } of agreements) expect(error, what).toBeLessThan(1e-4);
  });
});
