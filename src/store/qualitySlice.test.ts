import { describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { ModelSource } from '../worker/protocol';
import type { QualityReport, QualityResult } from '../worker/studies/quality';
import { testModel } from './countingEngine';
import type { StudyEngine } from './latestStudy';
import { LossHistory } from './lossHistory';
import { pointOf, withPoint } from './qualityHistory';
import { createQualitySlice, type QualitySlice } from './qualitySlice';

const measures = { frechet: 2, precision: 0.9, recall: 0.8 };
const resultOf = (frechet: number): QualityResult => ({
  samples: new Float32Array(4),
  nearest: new Float32Array(4),
  distances: Float64Array.of(0.1, 0.2, 0.3, 0.4),
  novelty: { distances: Float64Array.of(0.2, 0.3), threshold: 0.15 },
  features: { model: { ...measures, frechet }, floor: measures, ceiling: measures, accuracy: 0.9 },
  trainingLoss: 0.1,
  heldOutLoss: 0.2,
  sawHeldOut: false,
});

/** A study that answers when it is told to, and ends early as the worker's does. */
class FakeEngine {
  asked: { source: ModelSource; request: unknown }[] = [];
  #listen: ((report: QualityReport) => unknown) | undefined;
  #resolve: ((result: QualityResult | null) => void) | undefined;

  study = (_: string, source: ModelSource, request: unknown, listen: (report: QualityReport) => unknown) => {
    this.asked.push({ source, request });
    this.#listen = listen;
    return new Promise<QualityResult | null>((resolve) => {
      this.#resolve = resolve;
    });
  };

  tell(report: QualityReport): void {
    if (this.#listen?.(report) === false) this.#resolve?.(null);
  }

  async answer(frechet: number): Promise<void> {
    this.#resolve?.(resultOf(frechet));
    await vi.waitFor(() => {});
    for (let i = 0; i < 5; i++) await Promise.resolve();
  }
}

function arrive(trained: boolean) {
  const engine = new FakeEngine();
  const model = { config: { ...testModel, imageSize: 8 }, parameters: 1 };
  const others = {
    session: { status: 'ready', backend: null },
    dataset: {
      id: 'digits',
      data: { id: 'digits', imageSize: 8, channels: 1 },
    },
    settings: { dataset: 'digits' },
    training: {
      status: trained ? 'training' : 'idle',
      model: trained ? model : null,
      step: trained ? 5 : 0,
      losses: new LossHistory(),
      heldOutLosses: [],
    },
    sampling: { origin: null, settings: { weights: 'ema' } },
  };
  const store = createStore<QualitySlice & typeof others>()((...parts) => ({
    ...others,
    ...createQualitySlice(engine as unknown as StudyEngine)(
      ...(parts as unknown as Parameters<ReturnType<typeof createQualitySlice>>),
    ),
  }));
  const trainTo = (step: number) => store.setState({ training: { ...store.getState().training, step } });
  return { engine, store, state: () => store.getState().quality, trainTo, model };
}

describe('judging', () => {
  it('of the ready-made model tells how far it is, and keeps no history', async () => {
    const { engine, store, state } = arrive(false);
    void store.getState().judge();
    await vi.waitFor(() => expect(engine.asked).toHaveLength(1));
    expect(engine.asked[0]).toEqual({
      source: { shipped: 'digits' },
      request: { count: 64, seed: 1, sampler: 'ddim', steps: 25, guidance: 0 },
    });
    engine.tell({ stage: 'sampling', done: 5, total: 25 });
    expect(state()).toMatchObject({ status: 'running', progress: { done: 5 } });
    expect(state().secondsLeft).toBeGreaterThan(0);
    await engine.answer(3);
    expect(state()).toMatchObject({
      status: 'finished',
      result: { count: 64, features: { model: { frechet: 3 } } },
      history: [],
    });
  });

  it('asks for no more samples than the data set can judge', async () => {
    const { engine, store } = arrive(false);
    store.getState().setQuality({ count: 500 });
    void store.getState().judge();
    await vi.waitFor(() => expect(engine.asked[0]?.request).toMatchObject({ count: 174 }));
  });

  it('can be stopped, and what still comes is not heard', async () => {
    const { engine, store, state } = arrive(false);
    void store.getState().judge();
    await vi.waitFor(() => expect(engine.asked).toHaveLength(1));
    store.getState().stopJudging();
    engine.tell({ stage: 'sampling', done: 9, total: 25 });
    expect(state()).toMatchObject({ status: 'stopped', progress: null, result: null });
  });

  it('while training comes every so many steps, and the history is of this model alone', async () => {
    const { engine, store, state, trainTo, model } = arrive(true);
    trainTo(40);
    expect(engine.asked).toHaveLength(0);
    store.getState().setQuality({ whileTraining: true, every: 100 });
    trainTo(99);
    expect(engine.asked).toHaveLength(0);
    trainTo(100);
    await vi.waitFor(() => expect(engine.asked).toHaveLength(1));
    expect(engine.asked[0]?.source).toEqual({ own: 'ema' });
    trainTo(150);
    await engine.answer(9);
    trainTo(199);
    expect(state().history).toEqual([{ step: 100, count: 4, ...measures, frechet: 9, memorised: 0.25 }]);
    trainTo(200);
    await vi.waitFor(() => expect(engine.asked).toHaveLength(2));
    await engine.answer(7);
    expect(state().history.map(({ step, frechet }) => [step, frechet])).toEqual([
      [100, 9],
      [200, 7],
    ]);
    store.setState({ training: { ...store.getState().training, model: { ...model }, step: 0 } });
    expect(state().history).toEqual([]);
  });
});

describe('withPoint', () => {
  it('keeps the order of the steps, and of one step the newest', () => {
    const at = (step: number, frechet: number) => pointOf(step, resultOf(frechet));
    const history = [at(100, 3), at(300, 1)];
    expect(withPoint(history, at(200, 2)).map(({ frechet }) => frechet)).toEqual([3, 2, 1]);
    expect(withPoint(history, at(300, 5)).map(({ frechet }) => frechet)).toEqual([3, 5]);
  });
});
