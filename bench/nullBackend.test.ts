import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { provideGpu } from '../cli/nodeGpu';
import { startWebgpu } from '../src/engine/backend/webgpu';
import { fusedOperations } from '../src/engine/kernels/fused';
import type { Operations } from '../src/engine/kernels/operations';
import { countGpuBuffers } from '../src/engine/measure/gpuBuffers';
import { MeasuredModel } from '../src/engine/measure/measuredModel';
import { countReplays, tracedOperations } from '../src/engine/training/replayAgreement';
import { parseModelConfig } from '../src/engine/unet/config';

const config = parseModelConfig(JSON.parse(readFileSync(new URL('tiny.json', import.meta.url), 'utf8')));
const hasDawn = await import('webgpu').then(
  () => true,
  () => false,
);

/** Dawn's null backend computes nothing, and checks every command as any other does. */
describe.skipIf(!hasDawn)("on Dawn's null backend", () => {
  let fault: string | undefined;

  beforeAll(() => provideGpu(['backend=null']));

  /** Bytes of the buffers of a model in training: after its first steps, after more of them, and when it is gone. */
  async function bytesOf(operations: Operations) {
    // A device of its own, whose pool is empty.
    await startWebgpu({
      allowSoftware: true,
      onLost: (reason) => {
        fault = reason;
      },
    });
    const replays = countReplays();
    const buffers = countGpuBuffers();
    const model = new MeasuredModel(config, 8, operations);
    const steps = async (count: number) => {
      for (let i = 0; i < count; i++) {
        await model.trainStep();
        await model.evaluate();
      }
      return buffers.count().bytes;
    };
    const [early, late] = [await steps(4), await steps(20)];
    model.dispose();
    buffers.stop();
    replays.stop();
    return { early, late, gone: buffers.count().bytes, replays: replays.count() };
  }

  test('replays pass every check, take no more memory with time, give it back, and need less than traced steps', async () => {
    const tensors = tf.memory().numTensors;
    const traced = await bytesOf(tracedOperations);
    const replayed = await bytesOf(fusedOperations);
    expect([traced.replays, replayed.replays]).toEqual([0, 2 * (24 - 2)]);
    expect(replayed.late).toBe(replayed.early);
    expect(replayed.late).toBeLessThan(0.9 * traced.late);
    expect(replayed.gone).toBeLessThan(replayed.late);
    expect(tf.memory().numTensors).toBe(tensors);
    expect(fault).toBeUndefined();
  });

  test('more workgroups than the adapter runs are refused by number, and the device stays', async () => {
    await startWebgpu({
      allowSoftware: true,
      onLost: (reason) => {
        fault = reason;
      },
    });
    const affine = tf.ones<tf.Rank.R2>([2, 4]);
    const norm = (images: number) =>
      fusedOperations.groupNorm(tf.ones<tf.Rank.R4>([images, 1, 1, 4]), affine, { groups: 1, silu: false });
    expect(() => norm(65_536)).toThrow('at most 65,535 workgroups side by side, and this size needs 65,536');
    await norm(64).data();
    expect(fault).toBeUndefined();
  });
});
