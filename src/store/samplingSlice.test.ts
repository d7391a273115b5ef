import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { SamplingChoices } from '../settings/groups/sampling';
import { samplingGroup } from '../settings/groups/sampling';
import { CountingEngine, stepMilliseconds, testModel } from '../testing/countingEngine';
import { pageValues } from '../testing/values';
import { createSamplingSlice, type SamplingSlice, shownFrame } from './samplingSlice';
import { createValuesSlice, type ValuesSlice } from './valuesSlice';

function storeOver(engine: CountingEngine, budget?: number) {
  return createStore<SamplingSlice & ValuesSlice>()((...parts) => ({
    ...createValuesSlice(pageValues())(...parts),
    ...createSamplingSlice(engine, budget)(...parts),
  }));
}

function page(budget?: number) {
  const engine = new CountingEngine();
  const store = storeOver(engine, budget);
  const sampling = () => store.getState().sampling;
  const newest = () => sampling().recording?.steps.at(-1)?.index;
  const setSampling = (choices: Partial<SamplingChoices>) => store.getState().set(samplingGroup, choices);
  return { ...store.getState(), setSampling, engine, sampling, newest };
}

const trained = { config: testModel, trainedSteps: 100 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a run', () => {
  it('records every step from x_T to the image, follows the newest, and finishes', async () => {
    const { sampling, startSampling } = page();
    const end = startSampling(trained);
    expect(sampling().status).toBe('running');
    await vi.advanceTimersByTimeAsync(200);
    expect(sampling().recording?.steps.length).toBeGreaterThan(20);
    expect(shownFrame(sampling())).toBe((sampling().recording?.steps.length ?? 0) - 1);
    expect(sampling().stepsPerSecond).toBeCloseTo(1000 / stepMilliseconds, -1);
    await vi.advanceTimersByTimeAsync(500);
    await end;
    expect(sampling()).toMatchObject({ status: 'finished', milliseconds: 500, problem: null });
    const steps = sampling().recording?.steps ?? [];
    expect(steps.map(({ index }) => index)).toEqual(Array.from({ length: 101 }, (_, i) => i));
    expect(steps.map(({ t }) => t)).toEqual(Array.from({ length: 101 }, (_, i) => 100 - i));
    expect(steps.every(({ x, index }) => x[0] === index)).toBe(true);
  });

  it('shows many steps of one frame together', async () => {
    const engine = new CountingEngine();
    const store = storeOver(engine);
    let shown = 0;
    store.subscribe(() => shown++);
    const end = store.getState().startSampling(trained);
    await vi.advanceTimersByTimeAsync(1000);
    await end;
    expect(shown).toBeLessThan(50);
  });

  it('asks for all T steps, or for no more than T', async () => {
    const { engine, setSampling, startSampling } = page();
    void startSampling(trained);
    expect(engine.settings?.steps).toBe(100);
    setSampling({ steps: 20 });
    void startSampling(trained);
    expect(engine.settings?.steps).toBe(20);
    setSampling({ steps: 400 });
    void startSampling(trained);
    expect(engine.settings?.steps).toBe(100);
  });

  it('asks for what was chosen, option by option', () => {
    const { engine, setSampling, startSampling } = page();
    const noise = { eta: 0.35, variance: 'betaTilde', noiseAtEnd: true, clipX0: false } as const;
    const chosen = {
      sampler: 'ddim',
      spacing: 'quadratic',
      weights: 'raw',
      count: 3,
      seed: 9,
      ...noise,
    } as const;
    setSampling(chosen);
    void startSampling(trained);
    expect(engine.settings).toMatchObject(chosen);
  });

  it('takes the place of one that is under way', async () => {
    const { sampling, newest, setSampling, startSampling } = page();
    void startSampling(trained);
    await vi.advanceTimersByTimeAsync(100);
    setSampling({ seed: 9 });
    const second = startSampling(trained);
    await vi.advanceTimersByTimeAsync(20);
    expect(sampling()).toMatchObject({ status: 'running', recording: { settings: { seed: 9 } } });
    expect(newest()).toBeLessThan(6);
    await vi.advanceTimersByTimeAsync(600);
    await second;
    expect(sampling().status).toBe('finished');
  });
});

describe('control', () => {
  it('pauses, takes one step, goes on and stops, and keeps what was recorded', async () => {
    const { engine, sampling, newest, ...actions } = page();
    const end = actions.startSampling(trained);
    await vi.advanceTimersByTimeAsync(52);
    actions.pauseSampling();
    expect(sampling().status).toBe('paused');
    const before = newest() as number;
    await vi.advanceTimersByTimeAsync(200);
    expect(newest()).toBe(before);
    actions.stepSampling();
    await vi.advanceTimersByTimeAsync(40);
    expect(newest()).toBe(before + 1);
    expect(sampling().status).toBe('paused');
    actions.resumeSampling();
    await vi.advanceTimersByTimeAsync(52);
    expect(newest()).toBeGreaterThan(before + 5);
    actions.stopSampling();
    await end;
    expect(sampling().status).toBe('stopped');
    expect(sampling().recording?.steps.length).toBeGreaterThan(before + 5);
    expect(engine.commands).toEqual(['pause', 'step', 'run', 'stop']);
  });

  it('starts with one step and holds', async () => {
    const { sampling, newest, ...actions } = page();
    void actions.startSampling(trained, { hold: true });
    await vi.advanceTimersByTimeAsync(300);
    expect(sampling().status).toBe('paused');
    expect(newest()).toBe(1);
  });

  it('reaches the end step by step', async () => {
    const { sampling, setSampling, ...actions } = page();
    setSampling({ steps: 3 });
    const end = actions.startSampling(trained, { hold: true });
    for (let i = 0; i < 2; i++) {
      await vi.advanceTimersByTimeAsync(50);
      actions.stepSampling();
    }
    await vi.advanceTimersByTimeAsync(50);
    await end;
    expect(sampling()).toMatchObject({ status: 'finished' });
    expect(sampling().recording?.steps.at(-1)).toMatchObject({ index: 3, t: 0 });
  });

  it('keeps to a speed, and to a new one at once', async () => {
    const { sampling, newest, ...actions } = page();
    actions.setSamplingSpeed(10);
    const end = actions.startSampling(trained);
    await vi.advanceTimersByTimeAsync(2050);
    expect(newest()).toBeGreaterThanOrEqual(19);
    expect(newest()).toBeLessThanOrEqual(21);
    expect(sampling().stepsPerSecond).toBeCloseTo(10, 0);
    actions.setSamplingSpeed(50);
    await vi.advanceTimersByTimeAsync(500);
    expect(newest()).toBeGreaterThan(40);
    expect(newest()).toBeLessThan(50);
    actions.setSamplingSpeed('full');
    await vi.advanceTimersByTimeAsync(400);
    await end;
    expect(sampling().status).toBe('finished');
  });

  it('slows down while it runs', async () => {
    const { newest, ...actions } = page();
    void actions.startSampling(trained);
    await vi.advanceTimersByTimeAsync(100);
    const before = newest() as number;
    actions.setSamplingSpeed(2);
    await vi.advanceTimersByTimeAsync(2000);
    expect((newest() as number) - before).toBeGreaterThanOrEqual(3);
    expect((newest() as number) - before).toBeLessThanOrEqual(6);
  });

  it('pauses at a limited speed too', async () => {
    const { newest, ...actions } = page();
    actions.setSamplingSpeed(20);
    void actions.startSampling(trained);
    await vi.advanceTimersByTimeAsync(500);
    actions.pauseSampling();
    const before = newest() as number;
    await vi.advanceTimersByTimeAsync(500);
    expect(newest()).toBeLessThanOrEqual(before + 1);
  });
});

describe('problems', () => {
  it('says that a model must be trained first, and does not start', async () => {
    const { engine, sampling, startSampling } = page();
    await startSampling(null);
    expect(sampling()).toMatchObject({ status: 'idle', problem: expect.stringContaining('train one first') });
    expect(engine.settings).toBeNull();
  });

  it.each([
    [{ count: 65 }, 'from 1 to 64, not 65'],
    [{ count: Number.NaN }, 'from 1 to 64, not NaN'],
    [{ sampler: 'ddim', eta: 2 } as const, 'from 0 to 1, not 2'],
    [{ steps: 0 }, 'from 1 to 10,000, not 0'],
    [{ seed: -1 }, 'from 0 to 4,294,967,295, not -1'],
  ])('refuses %o and names the limit', async (choices, message) => {
    const { engine, sampling, setSampling, startSampling } = page();
    setSampling(choices);
    await startSampling(trained);
    expect(sampling().problem).toContain(message);
    expect(engine.settings).toBeNull();
  });

  it('notes a pretrained model that could not be loaded, until a run of it begins', async () => {
    const { engine, sampling, startSampling } = page();
    engine.problem = new Error('the server answers 404');
    await startSampling({ ...trained, shipped: 'digits' });
    expect(sampling().failedModels).toEqual(['digits']);
    engine.problem = null;
    const end = startSampling({ ...trained, shipped: 'digits' });
    await vi.advanceTimersByTimeAsync(1000);
    await end;
    expect(sampling().failedModels).toEqual([]);
  });

  it('keeps the recording when the next run fails, and the message of the engine', async () => {
    const { engine, sampling, startSampling } = page();
    const first = startSampling(trained);
    await vi.advanceTimersByTimeAsync(1000);
    await first;
    engine.problem = new Error('The GPU was lost. Reload the page.');
    await startSampling(trained);
    expect(sampling()).toMatchObject({ status: 'failed', problem: 'The GPU was lost. Reload the page.' });
    expect(sampling().recording?.steps.length).toBe(101);
  });
});

describe('the scrubber', () => {
  it('stays where it was put while the run goes on, and follows again from the end', async () => {
    const { sampling, scrubTo, startSampling } = page();
    void startSampling(trained);
    await vi.advanceTimersByTimeAsync(100);
    scrubTo(3);
    await vi.advanceTimersByTimeAsync(100);
    expect(shownFrame(sampling())).toBe(3);
    scrubTo(1000);
    expect(sampling().frame).toBeNull();
    scrubTo(-5);
    expect(shownFrame(sampling())).toBe(0);
  });

  it('plays the recording from the start at its speed, and ends at the newest', async () => {
    const { sampling, ...actions } = page();
    actions.playReplay('start');
    expect(sampling().replaying).toBe(false);
    const end = actions.startSampling(trained);
    await vi.advanceTimersByTimeAsync(1000);
    await end;
    actions.setSamplingSpeed(30);
    actions.playReplay('start');
    expect(shownFrame(sampling())).toBe(0);
    for (let i = 0; i < 60; i++) actions.advanceReplay(1000 / 60);
    expect(Math.abs(shownFrame(sampling()) - 30)).toBeLessThanOrEqual(1);
    actions.pauseReplay();
    actions.advanceReplay(1000);
    expect(Math.abs(shownFrame(sampling()) - 30)).toBeLessThanOrEqual(1);
    actions.playReplay('here');
    actions.setSamplingSpeed('full');
    actions.advanceReplay(5000);
    expect(sampling()).toMatchObject({ replaying: false, frame: null });
  });

  it('shows the newest step even where the budget leaves steps out', async () => {
    const { sampling, newest, ...actions } = page(3 * 16 * 4 * 26);
    void actions.startSampling(trained, { hold: true });
    await vi.advanceTimersByTimeAsync(50);
    for (let step = 2; step <= 6; step++) {
      actions.stepSampling();
      await vi.advanceTimersByTimeAsync(50);
      expect(newest()).toBe(step);
    }
    expect(sampling().recording).toMatchObject({ stride: 5 });
    expect(sampling().recording?.steps.map(({ index }) => index)).toEqual([0, 5, 6]);
  });
});
