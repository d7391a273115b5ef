import { describe, expect, test } from 'vitest';
import type { PointTrainerSettings } from '../../engine/points/pointModel';
import type { Patch } from '../../settings/path';
import { valuesOf } from '../../store/valuesSlice';
import { viewCore } from '../../testing/viewCore';
import { snapped } from './drawnPoints';
import type {
  OpenedPoints,
  PointsApi,
  PointsEnd,
  PointsEvent,
  PointsSettings,
  PointsView,
} from './engine/protocol';
import { type PointsSettings as PointsValues, pointsGroup } from './settings';
import { isPretrained } from './state';
import { createPointsStore } from './store';

const opened: OpenedPoints = {
  points: Float32Array.of(0, 0),
  parameters: 1,
  trained: null,
  extent: 3,
  forward: { times: [-1, 199], positions: [Float32Array.of(0, 0), Float32Array.of(1, 1)] },
  fresh: 0,
  ofNoise: 1,
};

/** Obeys as the worker does; what it was asked is kept. */
class FakePoints implements PointsApi {
  opens: PointsSettings[] = [];
  looks: PointsView[] = [];
  trainers: PointTrainerSettings[] = [];
  problem: Error | null = null;
  /** Whether the files of trained weights are. */
  missing = false;
  listen: (event: PointsEvent) => unknown = () => {};
  end: (end: PointsEnd) => void = () => {};

  async open(settings: PointsSettings, _view: PointsView, listen: (event: PointsEvent) => unknown) {
    if (this.problem) throw this.problem;
    if (this.missing && settings.trained) throw new Error(`there is no ${settings.trained}`);
    await this.pause();
    this.opens.push(settings);
    this.listen = listen;
    return { ...opened, trained: settings.trained ? { steps: 9, seconds: 1, loss: 0.5 } : null };
  }
  train(trainer: PointTrainerSettings): Promise<PointsEnd> {
    this.trainers.push(trainer);
    return new Promise((resolve) => {
      this.end = resolve;
    });
  }
  async pause() {
    this.end({ reason: 'paused', step: 0 });
  }
  async change(trainer: PointTrainerSettings) {
    this.trainers.push(trainer);
  }
  async look(view: PointsView) {
    this.looks.push(view);
  }
}

function storeOver(engine: FakePoints) {
  const core = viewCore({});
  const store = createPointsStore(core, engine);
  /** Changes settings as a control does, and waits for what follows from it. */
  const set = async (settings: Patch<PointsValues>) => {
    core.getState().set(pointsGroup, settings);
    for (let i = 0; i < 20; i++) await Promise.resolve();
  };
  return { store, set, values: () => valuesOf(core.getState(), pointsGroup) };
}

async function begun() {
  const engine = new FakePoints();
  const { store, set, values } = storeOver(engine);
  await store.getState().begin();
  return { engine, set, values, state: () => store.getState() };
}

const progress = (step: number, losses: number[]): PointsEvent => ({
  kind: 'progress',
  step,
  losses: Float32Array.from(losses),
  stepsPerSecond: 500,
  seconds: 0.5,
});

describe('the points', () => {
  test('open once, train, pause and train on', async () => {
    const { engine, state } = await begun();
    await state().begin();
    expect(engine.opens.length).toBe(1);
    const training = state().train();
    expect(state().status).toBe('training');
    engine.listen(progress(2, [1, 0.5]));
    await state().pause();
    await training;
    expect(state()).toMatchObject({ status: 'paused', step: 2, seconds: 0.5 });
    expect([...state().losses.raw]).toEqual([1, 0.5]);
    const again = state().train();
    engine.listen(progress(3, [0.25]));
    expect(state().seconds, 'time adds up over runs').toBe(1);
    await state().pause();
    await again;
  });

  test('other data begins anew, and training that was under way goes on', async () => {
    const { engine, set, state } = await begun();
    void state().train();
    engine.listen(progress(2, [1, 0.5]));
    const before = engine.listen;
    await set({ set: 'rings' });
    expect(engine.opens.at(-1)?.source).toEqual({ set: 'rings', count: 256 });
    expect(state()).toMatchObject({ status: 'training', step: 0 });
    before(progress(9, [1]));
    expect(state().step, 'what the network before still had to tell no longer counts').toBe(0);
  });

  test('nothing drawn is nothing to learn; what is drawn is', async () => {
    const { engine, set, state } = await begun();
    await set({ set: 'drawn' });
    expect(state()).toMatchObject({ status: 'idle', opened: null });
    await state().train();
    expect(engine.trainers).toEqual([]);
    state().draw(Float32Array.of(1, 2));
    await set({});
    expect(engine.opens.at(-1)?.source).toEqual({ drawn: snapped([1, 2]) });
    expect(state().opened).toMatchObject(opened);
  });

  test('the trained model that ships is opened, until the user trains one', async () => {
    const { engine, set, state } = await begun();
    expect(engine.opens.at(-1)?.trained).toBe('models/points-moons.safetensors');
    expect(isPretrained(state())).toBe(true);
    const training = state().trainNew();
    await expect.poll(() => state().status).toBe('training');
    expect(engine.opens.at(-1)?.trained).toBeUndefined();
    engine.listen(progress(2, [1, 0.5]));
    await set({ set: 'spiral' });
    expect(engine.opens.at(-1)?.trained, 'training goes on with a new network').toBeUndefined();
    await state().pause();
    await training;
    await state().openShipped();
    expect(engine.opens.at(-1)?.trained).toBe('models/points-spiral.safetensors');
    expect(state()).toMatchObject({ status: 'idle', step: 0 });
    await set({ set: 'rings', width: 64 });
    expect(engine.opens.at(-1)?.trained, 'none ships for this network').toBeUndefined();
    await set({ width: 96 });
    expect(engine.opens.at(-1)?.trained).toBe('models/points-rings.safetensors');
  });

  test('without its file there is a new network to train, and the reason is said', async () => {
    const engine = new FakePoints();
    engine.missing = true;
    const { store } = storeOver(engine);
    await store.getState().begin();
    expect(engine.opens.length).toBe(1);
    expect(store.getState()).toMatchObject({ status: 'idle', opened: { trained: null } });
    expect(store.getState().problem).toContain('points-moons');
    expect(isPretrained(store.getState())).toBe(false);
  });

  test('t plays to its end and holds there; the worker hears of whole steps', async () => {
    const { engine, set, values, state } = await begun();
    await set({ time: 200 });
    state().play('reverse');
    for (let i = 0; i < 60; i++) state().advance(0.1);
    await Promise.resolve();
    expect(state().playing).toBe(false);
    expect(values().time).toBe(0);
    await expect.poll(() => engine.looks.at(-1)?.t).toBe(-1);
    state().play('reverse');
    expect(values().time, 'from the start again').toBe(200);
  });

  test('a loss that is no number and an error are said', async () => {
    const { engine, set, state } = await begun();
    const training = state().train();
    engine.end({ reason: 'diverged', step: 3 });
    await training;
    expect(state().status).toBe('diverged');
    expect(state().problem).toContain('learning rate');
    engine.problem = new Error('too many');
    await set({ count: 3 });
    expect(state()).toMatchObject({ status: 'failed', problem: 'too many' });
    engine.problem = null;
    await state().reset();
    expect(state()).toMatchObject({ status: 'idle', problem: null });
  });
});
