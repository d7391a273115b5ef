import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWasm } from '../backend/wasm';
import { fusedOperations } from '../kernels/fused';
import type { Operations } from '../kernels/operations';
import { referenceOperations } from '../kernels/reference';
import type { Random } from '../training/random';
import { createTrainingState, disposeTrainingState, trainedLayers, trainStep } from '../training/trainer';
import { HealthMonitor } from './healthMonitor';
import { smallConfig } from './testing';

const config = smallConfig();
const settings = { batchSize: 3, learningRate: 1e-2, emaDecay: 0.9 };
const source = (random: Random, count: number) => ({
  images: random.normal(count * config.imageSize ** 2),
  labels: new Uint8Array(count),
});
const layers = trainedLayers(config);

beforeAll(async () => {
  tf.enableProdMode();
  await startWasm({ threads: 1 });
});
afterAll(() => tf.setBackend('cpu'));

/** Operations by which the next step is measured, whatever came before. */
function measuring(operations: Operations): { monitor: HealthMonitor; watched: Operations } {
  const monitor = new HealthMonitor(1);
  monitor.switch(true);
  for (let step = 0; step < 5; step++) {
    const watched = monitor.watch(operations);
    if (watched !== operations) return { monitor, watched };
  }
  throw new Error('No step is measured.');
}

const rootMeanSquare = (values: Float32Array) =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

describe.each([
  ['cpu', referenceOperations],
  ['wasm', fusedOperations],
] as const)('health on %s', (backend, operations) => {
  test('is that of the weights before and after a step, and of the gradients in it', async () => {
    await tf.setBackend(backend);
    const state = createTrainingState(config, 1);
    const gradients: Float32Array[] = [];
    const { monitor, watched } = measuring({
      ...operations,
      adamEma: (updates, options) => {
        gradients.push(...updates.map(({ gradient }) => gradient.dataSync().slice() as Float32Array));
        operations.adamEma(updates, options);
      },
    });
    // Two steps, so that the moments are not those of one gradient.
    await trainStep(state, operations, source, settings).loss;
    const weights = () => layers.map((name) => state.weights.get(name)?.dataSync().slice() as Float32Array);
    const before = weights();
    const tensors = tf.memory().numTensors;
    await trainStep(state, watched, source, settings).loss;
    const after = weights();
    const health = await monitor.measure();
    expect(tf.memory().numTensors).toBe(tensors);

    expect(health?.step).toBe(2);
    expect(health?.layers).toHaveLength(layers.length);
    for (const [i, { weight, gradient, update }] of (health?.layers ?? []).entries()) {
      const moved = (after[i] as Float32Array).map((value, k) => value - (before[i]?.[k] as number));
      const nearly = (actual: number, expected: number, what: string) =>
        expect(Math.abs(actual / expected - 1), `${what} of ${layers[i]}`).toBeLessThan(1e-3);
      nearly(weight, rootMeanSquare(after[i] as Float32Array), 'weight');
      nearly(gradient, rootMeanSquare(gradients[i] as Float32Array), 'gradient');
      nearly(update, rootMeanSquare(moved), 'update');
    }
    expect(await monitor.measure()).toBeUndefined();
    disposeTrainingState(state);
  });

  test('counts the channels that the loss does not depend on', async () => {
    await tf.setBackend(backend);
    const state = createTrainingState(config, 1);
    // The first of four groups of two channels: with γ = 0 nothing of conv1's output there goes on.
    const affine = state.weights.get('down.0.res.norm2') as tf.Variable;
    const values = affine.dataSync().slice();
    values.fill(0, 0, 2);
    affine.assign(tf.tensor2d(values, [2, 8]));
    const { monitor, watched } = measuring(operations);
    await trainStep(state, watched, source, settings).loss;
    const health = await monitor.measure();
    const dead = Object.fromEntries(layers.map((name, i) => [name, health?.layers[i]?.dead]));
    expect(dead['down.0.res.conv1']).toBe(1 / 4);
    expect(dead['down.0.res.conv2']).toBe(0);
    expect(dead['up.4.res.conv1']).toBe(0);
    disposeTrainingState(state);
  });
});

describe('the monitor', () => {
  const steps = (monitor: HealthMonitor, count: number, operations = fusedOperations) => {
    const state = createTrainingState(config, 1);
    const taken = Array.from({ length: count }, () => {
      const watched = monitor.watch(operations);
      void trainStep(state, watched, source, settings);
      return watched === operations;
    });
    disposeTrainingState(state);
    return taken;
  };

  test('leaves the operations as they are while it is off, and in steps that it does not measure', async () => {
    await tf.setBackend('wasm');
    const monitor = new HealthMonitor(1);
    expect(steps(monitor, 8)).toEqual(Array(8).fill(true));
    expect(monitor.isWaiting).toBe(false);
    monitor.switch(true);
    // The first steps prepare the backend.
    expect(steps(monitor, 5)).toEqual([true, true, true, true, false]);
    expect(monitor.isWaiting).toBe(true);
    const kept = tf.memory().numTensors;
    monitor.switch(false);
    expect(monitor.isWaiting).toBe(false);
    expect(tf.memory().numTensors).toBe(kept - layers.length);
  });

  test.each([
    ['a measurement that takes as long as five steps', 50, 0],
    ['a step that takes longer because it is seen', 2, 40],
  ])('stays within its share of the time, with %s', async (_, measuring, seeing) => {
    await tf.setBackend('wasm');
    const state = createTrainingState(config, 1);
    let clock = 1000;
    const monitor = new HealthMonitor(0.02, () => clock);
    monitor.switch(true);
    const measured: number[] = [];
    const STEP = 10;
    let cost = 0;
    for (let step = 1; step <= 400 * (measuring + seeing); step++) {
      const watched = monitor.watch(fusedOperations);
      const seen = watched !== fusedOperations;
      clock += STEP + (seen ? seeing : 0);
      if (!seen) continue;
      void trainStep(state, watched, source, settings);
      clock += measuring;
      cost += measuring + seeing;
      measured.push(step);
      const health = await monitor.measure();
      expect(health?.layers).toHaveLength(layers.length);
    }
    const elapsed = clock - 1000;
    // One that takes as long as a step is within 2 % after 50 steps.
    expect(measured[0]).toBe(51);
    expect(cost / elapsed).toBeLessThan(0.021);
    expect(cost / elapsed).toBeGreaterThan(0.015);
    // What it says of itself is what it cost.
    expect(monitor.spentShare).toBeCloseTo(cost / elapsed, 4);
    disposeTrainingState(state);
  });
});
