import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { readBundle } from '../engine/checkpoint/bundle';
import { plainModel } from '../engine/checkpoint/plainModel';
import { readSafetensors, writeSafetensors } from '../engine/checkpoint/safetensors';
import { createTrainingState } from '../engine/training/trainer';
import { tinyConfig } from '../testing/tinyModel';
import { toBundle } from './autosaveFile';
import { readModelFile } from './importedModel';
import { Losses } from './losses';
import type { Model } from './model';
import { openModel, saveModel } from './savedModel';

let bundle: Uint8Array;

beforeAll(async () => {
  await tf.setBackend('cpu');
  const state = createTrainingState(tinyConfig, 1);
  state.step = 1;
  const losses = new Losses(Float32Array.of(1), 1);
  const rest = { dataset: 'digits', settings: null, heldOutLosses: [], imported: false } as const;
  const model: Model = { ...rest, state, losses, sawHeldOut: false, heldOutLosses: [] };
  bundle = toBundle(await saveModel(model));
});

/** The file with other metadata. */
function told(file: Uint8Array, change: (metadata: Record<string, string>) => Record<string, string>) {
  const { tensors, metadata } = readSafetensors(file);
  return writeSafetensors(tensors, change({ ...metadata }));
}

/** The bundle with other things of the page in it. */
const withExtra = (change: (extra: Record<string, unknown>) => unknown) =>
  told(bundle, (metadata) => {
    const training = JSON.parse(metadata.training as string);
    training.extra = change(training.extra);
    return { ...metadata, training: JSON.stringify(training) };
  });

describe('a model counts as one that saw the held-out images unless its file says that it did not', () => {
  test('a training bundle, imported or of the last visit', () => {
    expect(readModelFile(bundle).sawHeldOut).toBe(false);
    expect(openModel(bundle).sawHeldOut).toBe(false);
    const silent = withExtra(({ sawHeldOut: _, ...extra }) => extra);
    expect(readModelFile(silent).sawHeldOut).toBe(true);
    expect(openModel(silent).sawHeldOut).toBe(true);
    expect(readModelFile(withExtra((extra) => ({ ...extra, sawHeldOut: 'no' }))).sawHeldOut).toBe(true);
    expect(readModelFile(withExtra(() => null)).sawHeldOut).toBe(true);
  });

  test('a plain model', () => {
    const plain = plainModel(readBundle(bundle), { weights: 'ema', dtype: 'f32' });
    expect(readModelFile(plain).sawHeldOut).toBe(false);
    const saying = (saw_held_out: string) => told(plain, (metadata) => ({ ...metadata, saw_held_out }));
    expect(readModelFile(saying('true')).sawHeldOut).toBe(true);
    expect(readModelFile(saying('')).sawHeldOut).toBe(true);
    const silent = told(plain, ({ saw_held_out: _, ...metadata }) => metadata);
    expect(readModelFile(silent).sawHeldOut).toBe(true);
  });

  test('a state dict, which says nothing', () => {
    const { imageSize, nSteps, nGroups, nFinalGroups, dropout, schedule, objective } = tinyConfig;
    const missing = { imageSize, nSteps, nGroups, nFinalGroups, dropout, schedule, objective };
    const plain = plainModel(readBundle(bundle), { weights: 'ema', dtype: 'f32' });
    const { tensors } = readSafetensors(plain);
    expect(readModelFile(writeSafetensors(tensors), [], missing).sawHeldOut).toBe(true);
  });
});
