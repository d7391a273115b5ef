import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { startBackend } from '../engine/backend/start';
import { finalSamples, greyDifference, sharedSamplings } from './tolerance';

const readData = (_: string, name: string) => readFile(new URL(`../../public/data/${name}`, import.meta.url));
const readModel = (_: string, name: string) =>
  readFile(new URL(`../../public/models/${name}`, import.meta.url));

/** Neither can start twice. */
const backends = { wasm: startBackend({ backend: 'wasm', threads: 1 }) };

async function on(backend: 'wasm' | 'cpu', what: keyof typeof sharedSamplings): Promise<Float32Array> {
  const started = backend === 'wasm' ? await backends.wasm : await startBackend({ backend });
  await tf.setBackend(backend);
  expect(started.report.name).toBe(backend);
  return finalSamples({ readData, readModel, startBackend: async () => started }, sharedSamplings[what]);
}

describe('shared images, by the digits model of the page', () => {
  test.each([
    ['ddim', 1, 0.01],
    ['ancestral', 1, 0.01],
  ] as const)(
    'are equal to the eye on WebAssembly and in plain JavaScript: %s',
    async (what, most, mean) => {
      const wasm = await on('wasm', what);
      const difference = greyDifference(wasm, await on('cpu', what));
      expect(difference.most).toBeLessThanOrEqual(most);
      expect(difference.mean).toBeLessThanOrEqual(mean);
      expect(difference.exact).toBeLessThan(1e-4);
      expect(difference.exact, 'two ways of computing').toBeGreaterThan(0);
      expect(await on('wasm', what), 'the same backend: the same bits').toEqual(wasm);
    },
    600_000,
  );
});
