import * as tf from '@tensorflow/tfjs';
import { afterAll, expect, test } from 'vitest';
import { startBackend } from '../engine/backend/start';
import { finalSamples, greyDifference, sharedSamplings } from './tolerance';

const read = (folder: string) => async (_: string, name: string) =>
  new Uint8Array(await (await fetch(new URL(`/${folder}/${name}`, location.href))).arrayBuffer());

afterAll(() => tf.setBackend('cpu'));

async function on(backend: 'webgpu' | 'cpu'): Promise<Float32Array> {
  const started = await startBackend({ backend });
  expect(started.report.name).toBe(backend);
  const environment = {
    readData: read('data'),
    readModel: read('models'),
    startBackend: async () => started,
  };
  return finalSamples(environment, sharedSamplings.ddim);
}

test('shared images are equal to the eye on WebGPU and in plain JavaScript', async () => {
  const difference = greyDifference(await on('webgpu'), await on('cpu'));
  expect(difference.most).toBeLessThanOrEqual(1);
  expect(difference.mean).toBeLessThanOrEqual(0.01);
});
