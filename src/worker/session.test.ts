import * as tf from '@tensorflow/tfjs';
import { describe, expect, test, vi } from 'vitest';
import { formatStored } from '../engine/study/storedStudies';
import {
  environment,
  liveTensors,
  sampledSteps,
  sessionWithDigits,
  sessionWithModel,
  startedSession,
  wasm,
  weightStudies,
  weightsOf,
} from '../testing/session';
import { tinyConfig, tinySampling, tinyTraining } from '../testing/tinyModel';
import { Session } from './session';

const nobody = () => {};

describe('start', () => {
  test('happens once', async () => {
    const start = vi.fn(() => wasm);
    const session = new Session({ ...environment(), startBackend: start });
    const reports = await Promise.all([session.start({ baseUrl: '' }), session.start({ baseUrl: '' })]);
    expect(start).toHaveBeenCalledOnce();
    expect(reports[0]).toBe(reports[1]);
    expect(reports[0]).toMatchObject({ name: 'wasm', fused: true });
  });

  test('is needed before anything else, and so is a model', async () => {
    const session = new Session(environment());
    await expect(session.createModel(tinyConfig, 1)).rejects.toThrow('The engine has not started.');
    const ready = await sessionWithDigits();
    await expect(ready.train(tinyTraining, nobody)).rejects.toThrow('There is no model to train');
    await expect(ready.sample(tinySampling, nobody)).rejects.toThrow('There is no model to sample from');
  });
});

describe('a new model', () => {
  test('takes the place of the one before only when it was made', async () => {
    const session = await sessionWithModel();
    await session.train(tinyTraining, nobody);
    const before = await sampledSteps(session, tinySampling);
    await expect(session.createModel({ ...tinyConfig, nChannels: 10 }, 1)).rejects.toThrow(
      /10 channels cannot be split/,
    );
    const huge = { ...tinyConfig, nChannels: 1024, chMults: [4, 4], nGroups: 32 };
    await expect(session.createModel(huge, 1)).rejects.toThrow(
      /takes about \d+\.\d GiB, and there are 3\.0 GiB/,
    );
    await expect(session.createModel({ ...tinyConfig, imageSize: 16 }, 1)).rejects.toThrow(
      'takes images of 16×16×1, but those of Digits are 8×8×1',
    );
    await expect(session.createModel({ ...tinyConfig, nClasses: 3 }, 1)).rejects.toThrow(
      'The model has 3 classes, but Digits has 10',
    );
    expect(await sampledSteps(session, tinySampling)).toEqual(before);
    expect(await session.createModel(tinyConfig, 2)).toEqual({
      config: tinyConfig,
      parameters: expect.any(Number),
    });
    expect((await sampledSteps(session, tinySampling)).at(-1)).not.toEqual(before.at(-1));
  });

  test('leaves no tensor of the one before', async () => {
    const session = await sessionWithModel();
    const tensors = liveTensors();
    await session.createModel(tinyConfig, 2);
    await session.restore();
    expect(liveTensors()).toBe(tensors);
  });

  test('needs a data set', async () => {
    const session = await startedSession();
    await expect(session.createModel(tinyConfig, 1)).rejects.toThrow(
      'There is no data set: choose one first.',
    );
  });
});

describe('a study', () => {
  test('needs a model, and a name that there is', async () => {
    const session = await sessionWithDigits({ studies: weightStudies });
    await expect(weightsOf(session, 'ema')).rejects.toThrow('There is no model');
    await session.createModel(tinyConfig, 1);
    await expect(session.study('moments', { own: 'ema' }, undefined as never)).rejects.toThrow(
      "There is no study 'moments'.",
    );
  });

  test('that was answered in advance is recalled, for the same request alone', async () => {
    const bound = { request: { seed: 1 }, reports: [], result: Float32Array.of(0.5) };
    const readModel = vi.fn(async () => new TextEncoder().encode(formatStored({ bound })));
    const session = new Session({ ...environment(), readModel });
    expect(await session.recall('bound', 'digits', { seed: 1 } as never)).toEqual(bound);
    expect(readModel).toHaveBeenCalledWith('', 'digits.studies.json');
    expect(await session.recall('bound', 'digits', { seed: 2 } as never)).toBeUndefined();
  });

  test('gets a copy of the weights it names, which is given back', async () => {
    const session = await sessionWithModel({ studies: weightStudies });
    const start = await weightsOf(session, 'raw');
    expect(await weightsOf(session, 'ema')).toEqual(start);
    await session.train({ ...tinyTraining, steps: 1 }, nobody);
    const tensors = tf.memory().numTensors;
    const [raw, ema] = [await weightsOf(session, 'raw'), await weightsOf(session, 'ema')];
    expect(tf.memory().numTensors).toBe(tensors);
    // The first step averages with d = (1 + 1) / (10 + 1): EMA = d θ₀ + (1 − d) θ₁.
    for (const [name, values] of ema) {
      const [before, after] = [start.get(name), raw.get(name)] as [Float32Array, Float32Array];
      for (let i = 0; i < values.length; i++)
        expect(values[i]).toBeCloseTo((2 / 11) * (before[i] as number) + (9 / 11) * (after[i] as number), 6);
    }
    expect(raw).not.toEqual(start);
  });
});
