import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-webgpu';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fusedOperations } from '../kernels/fused';
import { registerWebgpuKernels } from '../kernels/webgpu/register';
import { parseModelConfig } from '../unet/config';
import { stepArithmetic } from './arithmetic';
import { MeasuredModel } from './measuredModel';
import { measureSteps } from './measureSteps';
import { profileStep } from './profile';

/** Small, for an adapter in software; blocks, attention and resampling are all there. */
const config = parseModelConfig({
  image_channels: 1,
  image_size: 8,
  n_channels: 8,
  ch_mults: [1, 1],
  is_attn: [false, true],
  n_blocks: 1,
  n_steps: 10,
  n_groups: 4,
  n_final_groups: 4,
});

beforeAll(async () => {
  expect(await tf.setBackend('webgpu')).toBe(true);
  registerWebgpuKernels();
});

afterAll(() => tf.setBackend('cpu'));

test('counts the dispatches of a step on WebGPU, and leaves nothing behind', async () => {
  const before = tf.memory().numTensors;
  const dispatch = GPUComputePassEncoder.prototype.dispatchWorkgroups;
  const options = { batchSize: 2, runs: 1, budgetMs: 1, stock: false };
  const { ours } = await measureSteps(config, fusedOperations, options);
  expect(ours.dispatchesPerForward).toBeGreaterThan(20);
  expect(ours.dispatchesPerTrainStep).toBeGreaterThan(2 * ours.dispatchesPerForward);
  expect(ours.trainStep.median).toBeGreaterThan(0);
  expect(tf.memory().numTensors).toBe(before);
  expect(GPUComputePassEncoder.prototype.dispatchWorkgroups).toBe(dispatch);
});

test('a step that is like the one before binds nothing anew', async () => {
  // Of a batch that no other test has.
  const model = new MeasuredModel(config, 3, fusedOperations);
  const { createBindGroup } = GPUDevice.prototype;
  let made = 0;
  GPUDevice.prototype.createBindGroup = function (...args) {
    made++;
    return createBindGroup.apply(this, args);
  };
  const madeIn = async (work: () => Promise<unknown>) => {
    const before = made;
    await work();
    return made - before;
  };
  try {
    expect(await madeIn(() => model.trainSteps(1))).toBeGreaterThan(100);
    await model.trainSteps(2);
    expect(await madeIn(() => model.trainSteps(1))).toBe(0);
    await model.reverseSteps(3);
    expect(await madeIn(() => model.reverseSteps(1))).toBe(0);
  } finally {
    GPUDevice.prototype.createBindGroup = createBindGroup;
    model.dispose();
  }
});

test('profiles a step on WebGPU by running each of its kernels alone', async () => {
  const before = tf.memory().numTensors;
  const profile = await profileStep(config, 2, fusedOperations);
  expect(profile.gflop).toBeCloseTo(stepArithmetic(config, 2).trainStep / 1e9, 12);
  for (const { kind, milliseconds } of profile.kinds) expect(milliseconds, kind).toBeGreaterThan(0);
  expect(profile.kinds.reduce((sum, { dispatches }) => sum + dispatches, 0)).toBe(profile.dispatches);
  expect(profile.peak.gflops).toBeGreaterThan(0.1);
  expect(tf.memory().numTensors).toBe(before);
});
