import * as tf from '@tensorflow/tfjs';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { referenceOperations } from '../engine/kernels/reference';
import { fixedBatch } from '../engine/quality/fixedLoss';
import { createTrainingState, type TrainingState } from '../engine/training/trainer';
import type { TrainingSettings } from '../settings/settings';
import { tinyConfig } from '../testing/tinyModel';
import { HeldOutLosses } from './heldOutLosses';
import type { HeldOutLoss } from './model';

const heldOut = {
  images: Float32Array.from({ length: 64 * 10 }, (_, i) => Math.sin(i)),
  labels: new Uint8Array(10),
  count: 10,
  imageSize: 8,
  channels: 1,
  classNames: ['a'],
};
const none = { ...heldOut, images: new Float32Array(), labels: new Uint8Array(), count: 0 };

let state: TrainingState;

beforeAll(() => tf.setBackend('cpu'));
beforeEach(() => {
  state = createTrainingState(tinyConfig, 1);
});

it('measures the loss that the run lowers: with its weights of t, as the settings are then', async () => {
  let settings: Pick<TrainingSettings, 'lossWeight' | 'snrGamma'> = {};
  const losses = new HeldOutLosses(state, referenceOperations, heldOut, [], () => settings);
  const lossWith = async (other: typeof settings) => {
    settings = other;
    return (await losses.measure()).loss;
  };
  const simple = await lossWith({});
  expect(await lossWith({ lossWeight: 'simple' })).toBe(simple);
  // With γ beyond every SNR the weight of ε is 1 at every t; with a low one it is less at most of them.
  expect(await lossWith({ lossWeight: 'minSnr', snrGamma: 1e9 })).toBeCloseTo(simple, 5);
  expect(await lossWith({ lossWeight: 'minSnr', snrGamma: 1e-3 })).toBeLessThan(simple / 2);
});

it('is of the raw weights: where they predict 0, it is the mean of ε²', async () => {
  const final = state.weights.get('final') as tf.Variable;
  tf.tidy(() => final.assign(tf.zeros(final.shape)));
  const { noise } = fixedBatch(heldOut, tinyConfig.nSteps, 128, 1);
  const expected = noise.reduce((sum, eps) => sum + eps * eps, 0) / noise.length;
  const { loss } = await new HeldOutLosses(state, referenceOperations, heldOut, []).measure();
  expect(loss).toBeCloseTo(expected, 5);
});

it('keeps one a step, those of weights that went back no longer, and of very many every other', async () => {
  const kept: HeldOutLoss[] = [{ step: 1, loss: 1 }];
  const losses = new HeldOutLosses(state, referenceOperations, heldOut, kept);
  state.step = 5;
  const first = await losses.measure();
  expect(await losses.measure()).toEqual(first);
  state.step = 9;
  await losses.measure();
  expect(kept.map(({ step }) => step)).toEqual([1, 5, 9]);
  losses.truncate(5);
  expect(kept).toEqual([{ step: 1, loss: 1 }, first]);
  kept.splice(0, kept.length, ...Array.from({ length: 1000 }, (_, i) => ({ step: i + 1, loss: i })));
  state.step = 1001;
  await losses.measure();
  expect(kept.map(({ step }) => step)).toEqual([...Array.from({ length: 500 }, (_, i) => 2 * i + 1), 1001]);
});

it('is never due where nothing is held out', () => {
  const losses = new HeldOutLosses(state, referenceOperations, none, []);
  expect([losses.canMeasure, losses.isDue]).toEqual([false, false]);
});
