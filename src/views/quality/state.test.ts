import { describe, expect, it, vi } from 'vitest';
import { pointOf, withPoint } from '../../engine/quality/qualityPoint';
import type { StudyEngine } from '../../store/latestStudy';
import { LossHistory } from '../../store/lossHistory';
import { testModel } from '../../testing/countingEngine';
import { viewCore } from '../../testing/viewCore';
import type { ModelSource } from '../../worker/protocol';
import { type QualitySettings, qualityGroup } from './settings';
import { createQuality } from './state';
import type { QualityReport, QualityResult } from './study';

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
    dataset: { data: { id: 'digits', imageSize: 8, channels: 1 } },
    training: {
      status: trained ? 'training' : 'idle',
      model: trained ? model : null,
      step: trained ? 5 : 0,
      losses: new LossHistory(),
      heldOutLosses: [],
    },
  };
  const core = viewCore(others);
  const store = createQuality({
    core: core as unknown as Parameters<typeof createQuality>[0]['core'],
    engine: engine as unknown as StudyEngine,
  });
  const set = (settings: Partial<QualitySettings>) => core.getState().set(qualityGroup, settings);
  const trainTo = (step: number) => core.setState({ training: { ...core.getState().training, step } });
  return { engine, core, set, state: store.getState, trainTo, model };
}

describe('an evaluation', () => {
  it('of the pretrained model tells how far it is, and keeps no history', async () => {
    const { engine, state } = arrive(false);
    void state().evaluate();
    await vi.waitFor(() => expect(engine.asked).toHaveLength(1));
    expect(engine.asked[0]).toEqual({
      source: { shipped: 'digits' },
      request: { count: 64, seed: 1, sampler: 'ddim', steps: 25, guidance: 0 },
    });
    engine.tell({ stage: 'sampling', done: 5, total: 25 });
    expect(state()).toMatchObject({ status: 'running', done: 5, total: 25 });
    await engine.answer(3);
    expect(state()).toMatchObject({
      status: 'finished',
      result: { count: 64, features: { model: { frechet: 3 } } },
      history: [],
    });
  });

  it('asks for no more samples than the data set can evaluate', async () => {
    const { engine, set, state } = arrive(false);
    set({ count: 500 });
    void state().evaluate();
    await vi.waitFor(() => expect(engine.asked[0]?.request).toMatchObject({ count: 174 }));
  });

  it('can be stopped, and what still comes is not heard', async () => {
    const { engine, state } = arrive(false);
    void state().evaluate();
    await vi.waitFor(() => expect(engine.asked).toHaveLength(1));
    state().stop();
    engine.tell({ stage: 'sampling', done: 9, total: 25 });
    expect(state()).toMatchObject({ status: 'stopped', done: 0, result: null });
  });

  it('while training comes every so many steps, and the history is of this model alone', async () => {
    const { engine, core, set, state, trainTo, model } = arrive(true);
    trainTo(40);
    expect(engine.asked).toHaveLength(0);
    set({ whileTraining: true, every: 100 });
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
    core.setState({ training: { ...core.getState().training, model: { ...model }, step: 0 } });
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
