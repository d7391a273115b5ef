import * as tf from '@tensorflow/tfjs';
import { afterAll, describe, expect, test } from 'vitest';
import { startWasm } from '../backend/wasm';
import { startWebgpu } from '../backend/webgpu';
import { fusedOperations } from '../kernels/fused';
import { compareWithGolden, type GoldenSource } from './golden';

const source: GoldenSource = async (name) => {
  const response = await fetch(new URL(`/golden/${name}`, location.href));
  return new Uint8Array(await response.arrayBuffer());
};

afterAll(() => tf.setBackend('cpu'));

describe("fused operations in a browser agree with PyTorch's numbers to 1e-4", () => {
  const starts = {
    webgpu: () => startWebgpu({ allowSoftware: true, onLost: (reason) => expect.unreachable(reason) }),
    wasm: () => startWasm({ threads: 2 }),
  };
  for (const [backend, start] of Object.entries(starts)) {
    test(`on ${backend}`, async () => {
      await start();
      expect(tf.getBackend()).toBe(backend);
      const before = tf.memory().numTensors;
      const agreements = await compareWithGolden(fusedOperations, source);
      expect(tf.memory().numTensors).toBe(before);
      expect(agreements.length).toBeGreaterThan(140);
      for (const { what, error } of agreements) expect(error, what).toBeLessThan(1e-4);
    });
  }
});
