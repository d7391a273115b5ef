import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { splitOf } from '../engine/data/split';
import { fusedOperations } from '../engine/kernels/fused';
import { OutOfMemoryError } from '../engine/kernels/wasm/memory';
import { trainedLayers } from '../engine/training/trainer';
import type { TrainingSettings } from '../settings/settings';
import { MemoryAutosave } from '../testing/autosave';
import { ofKind, sessionWithDigits, sessionWithModel, wasmWith } from '../testing/session';
import { networkTime } from '../testing/time';
import { tinyConfig, tinyTraining } from '../testing/tinyModel';
import type { TrainingEvent } from './protocol';

const nobody = () => {};
const forever = { ...tinyTraining, steps: 1e6 };

afterEach(() => void vi.useRealTimers());

describe('training', () => {
  test('learns: the loss falls, all of it is told, and previews come', async () => {
    const session = await sessionWithModel({ startBackend: wasmWith(networkTime(10)) });
    const events: TrainingEvent[] = [];
    await session.setSamplingShare(0.2);
    const end = await session.train({ ...tinyTraining, steps: 600 }, (event) => events.push(event));
    expect(end).toEqual({ reason: 'finished', step: 600 });

    const progress = ofKind(events, 'progress');
    let told = 0;
    for (const event of progress) {
      expect(event.step - event.losses.length).toBe(told);
      told = event.step;
    }
    expect(told).toBe(600);
    const losses = progress.flatMap((event) => [...event.losses]);
    expect(mean(losses.slice(-100))).toBeLessThan(0.5 * mean(losses.slice(0, 20)));
    expect(progress.at(-1)).toMatchObject({ secondsLeft: 0 });
    // A step takes 10 ms, and what is drawn beside it a quarter of that.
    expect(progress.at(-1)?.stepsPerSecond).toBeGreaterThan(60);
    expect(progress.at(-1)?.stepsPerSecond).toBeLessThan(100);
    for (const { stepsPerSecond, imagesPerSecond } of progress)
      expect(imagesPerSecond).toBeCloseTo(8 * stepsPerSecond, 6);

    const previews = ofKind(events, 'preview');
    expect(previews.at(-1)?.step).toBe(600);
    // One in half a second, and the last.
    expect(previews.length).toBeGreaterThan(8);
    expect(previews.length).toBeLessThan(16);
    for (const { images, count } of previews) {
      expect(count).toBe(4);
      expect(images.length).toBe(4 * 64);
      expect(images.every(Number.isFinite)).toBe(true);
    }
  });

  test('tells the health of the layers where that is switched on, also in a run, and learns the same', async () => {
    // Health may take a fiftieth of the time: the first measurement, as long as a step, waits for 50 steps.
    const training = { ...tinyTraining, steps: 200 };
    const run = async (on: boolean, whileRunning = on) => {
      const session = await sessionWithModel();
      await session.setHealth(on);
      const events: TrainingEvent[] = [];
      const ended = session.train(training, (event) => events.push(event));
      if (whileRunning !== on) await session.setHealth(whileRunning);
      expect(await ended).toEqual({ reason: 'finished', step: training.steps });
      const losses = events.flatMap((event) => (event.kind === 'progress' ? [...event.losses] : []));
      return { losses, health: ofKind(events, 'health') };
    };
    const off = await run(false);
    expect(off.health).toEqual([]);
    const on = await run(true);
    expect(on.losses).toEqual(off.losses);
    expect(on.health.length).toBeGreaterThan(0);
    for (const { layers, share } of on.health) {
      expect(layers).toHaveLength(trainedLayers(tinyConfig).length);
      for (const { weight, gradient, update } of layers) {
        expect(weight).toBeGreaterThan(0);
        expect(gradient).toBeGreaterThan(0);
        expect(update).toBeGreaterThan(0);
      }
      expect(share).toBeGreaterThanOrEqual(0);
    }
    expect((await run(false, true)).health.length).toBeGreaterThan(0);
  });

  test('waits with its reports for a page that is slow, and tells all of them in the end', async () => {
    const session = await sessionWithModel();
    const losses: number[] = [];
    let [open, most, reports] = [0, 0, 0];
    const end = await session.train({ ...tinyTraining, steps: 60 }, (event) => {
      if (event.kind !== 'progress') return;
      losses.push(...event.losses);
      reports++;
      most = Math.max(most, ++open);
      // It never gets there.
      return new Promise(() => {});
    });
    expect(end).toEqual({ reason: 'finished', step: 60 });
    // One that was not taken, and the last one, which waits for nothing.
    expect({ most, reports }).toEqual({ most: 2, reports: 2 });
    expect(losses).toHaveLength(60);
  });

  test('never sees what is held out: a batch may hold all other images, and holds each once', async () => {
    let batch: Float32Array | undefined;
    const session = await sessionWithDigits({
      startBackend: wasmWith({
        combine(x, ...rest) {
          batch ??= x.dataSync() as Float32Array;
          return fusedOperations.combine(x, ...rest);
        },
      }),
    });
    const { training, heldOut } = splitOf(await session.loadDataset('digits'));
    expect([training.count, heldOut.count]).toEqual([1618, 179]);
    await session.createModel({ ...tinyConfig, nChannels: 4, nGroups: 2, nFinalGroups: 2 }, 1);
    await session.setSamplingShare(0);
    await session.train({ ...tinyTraining, batchSize: 1618, steps: 1 }, nobody);
    expect(imagesIn(batch as Float32Array).sort()).toEqual(imagesIn(training.images).sort());
  });

  test('measures its held-out loss on images that are held out, and on no others', async () => {
    const measured: string[] = [];
    const session = await sessionWithModel({
      startBackend: wasmWith({
        combine(x, ...rest) {
          // Batches have 8.
          if (x.shape[0] > 8) measured.push(...imagesIn(x.dataSync() as Float32Array));
          return fusedOperations.combine(x, ...rest);
        },
      }),
    });
    const { heldOut } = splitOf(await session.loadDataset('digits'));
    await session.train({ ...tinyTraining, steps: 1 }, nobody);
    expect(measured.length).toBeGreaterThanOrEqual(128);
    const unseen = new Set(imagesIn(heldOut.images));
    expect(measured.filter((image) => !unseen.has(image))).toEqual([]);
  });

  test('holds as many tensors and bytes after step 250 as after step 50', async () => {
    const session = await sessionWithModel({ startBackend: wasmWith(networkTime(10)) });
    const memory = new Map<number, object>();
    await session.train({ ...tinyTraining, steps: 250 }, (event) => {
      if (event.kind === 'progress') memory.set(event.step, event.memory);
    });
    const late = [...memory].filter(([step]) => step >= 50).map(([, held]) => held);
    expect(late.length).toBeGreaterThan(10);
    for (const held of late) expect(held).toEqual(late[0]);
    expect(memory.get(250)).toEqual(late[0]);
  });

  test('ends after the step under way at a pause, even one that comes before the first step', async () => {
    const autosave = new MemoryAutosave();
    const session = await sessionWithModel({ autosave });
    const unstarted = session.train(forever, nobody);
    await session.pauseTraining();
    expect(await unstarted).toEqual({ reason: 'paused', step: 0 });

    let paused = 0;
    const end = await session.train(forever, (event) => {
      if (event.kind !== 'progress' || paused > 0) return;
      paused = event.step;
      void session.pauseTraining();
    });
    expect(end.reason).toBe('paused');
    expect(end.step).toBeGreaterThanOrEqual(paused);
    // Those whose loss had not arrived when the step was told.
    expect(end.step).toBeLessThanOrEqual(paused + 6);
    expect(autosave.learned.step).toBe(end.step);
    await session.pauseTraining();
  });

  test('called again takes the place of the run under way, and goes on from there', async () => {
    const session = await sessionWithModel();
    const first = session.train(forever, nobody);
    const second = session.train({ ...tinyTraining, steps: 30, learningRate: 1e-4 }, nobody);
    expect((await first).reason).toBe('paused');
    expect(await second).toEqual({ reason: 'finished', step: 30 });
  });

  test.each<[string, Partial<TrainingSettings>]>([
    ['learning rate must be above 0', { learningRate: Number.NaN }],
    ['learning rate must be above 0', { learningRate: 0 }],
    ['batch must hold 1 to 1618 images', { batchSize: 1619 }],
    ['EMA decay must be at least 0 and below 1', { emaDecay: 1 }],
    ['number of training steps must be', { steps: Number.NaN }],
  ])('refuses with “%s”, and keeps the model', async (message, changes) => {
    const session = await sessionWithModel();
    await expect(session.train({ ...tinyTraining, ...changes }, nobody)).rejects.toThrow(message);
    expect((await session.train({ ...tinyTraining, steps: 2 }, nobody)).step).toBe(2);
  });

  test('that runs out of memory ends with what to do, and the model can train on', async () => {
    let full = false;
    const session = await sessionWithModel({
      startBackend: wasmWith({
        convTranspose2d: (...args) => {
          if (full) throw new OutOfMemoryError(2 ** 30);
          return fusedOperations.convTranspose2d(...args);
        },
      }),
    });
    await session.train({ ...tinyTraining, steps: 4 }, nobody);
    const { numTensors, numBytes } = tf.memory();
    full = true;
    await expect(session.train(tinyTraining, nobody)).rejects.toThrow(
      'Out of memory: the wasm backend cannot hold another 1024.0 MiB. Take a smaller batch or fewer channels.',
    );
    expect(tf.memory(), 'nothing of the step is left').toMatchObject({ numTensors, numBytes });
    full = false;
    expect(await session.train({ ...tinyTraining, steps: 6 }, nobody)).toEqual({
      reason: 'finished',
      step: 6,
    });
  });
});

/** Each image of 8×8 as a text. */
function imagesIn(values: Float32Array): string[] {
  return Array.from({ length: values.length / 64 }, (_, i) => values.subarray(i * 64, (i + 1) * 64).join());
}

function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}
