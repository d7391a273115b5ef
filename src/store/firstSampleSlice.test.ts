import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { BackendReport } from '../engine/backend/report';
import type { ShippedDatasetId } from '../engine/data/datasets';
import { shippedModels } from '../engine/models/shippedModels';
import { defaultSettings } from '../settings/defaultSettings';
import { originGroup } from '../settings/groups/page';
import { samplingGroup } from '../settings/groups/sampling';
import { samplingProblem } from '../settings/samplingSettings';
import { CountingEngine, stepMilliseconds } from '../testing/countingEngine';
import { backendReport, datasetWithoutImages } from '../testing/page';
import { pageValues } from '../testing/values';
import type { EngineApi, RestoredModel } from '../worker/protocol';
import { createDatasetSlice, type DatasetSlice } from './datasetSlice';
import { firstSampleChoices } from './firstSampleChoices';
import { createFirstSampleSlice, type FirstSampleSlice } from './firstSampleSlice';
import { shippedModel } from './sampledModel';
import { createSamplingSlice, type SamplingSlice } from './samplingSlice';
import { createSessionSlice, type SessionSlice } from './sessionSlice';
import { createSettingsSlice, type SettingsSlice } from './settingsSlice';
import { createTrainingSlice, type TrainingSlice } from './trainingSlice';
import { createValuesSlice, type ValuesSlice } from './valuesSlice';

type All = SessionSlice &
  DatasetSlice &
  ValuesSlice &
  SettingsSlice &
  TrainingSlice &
  SamplingSlice &
  FirstSampleSlice;

interface Visit {
  backend?: Partial<BackendReport>;
  dataset?: ShippedDatasetId;
  restored?: Awaited<ReturnType<EngineApi['restore']>>;
  problem?: string;
}

/** The model of an earlier visit. */
const trained: RestoredModel = {
  config: defaultSettings('digits').model,
  parameters: 1,
  step: 7,
  losses: new Float32Array(7),
  heldOutLosses: [],
  dataset: 'digits',
  settings: null,
};

/** A visitor arrives; training never ends by itself. */
function arrive({ backend: other, dataset = 'digits', restored = null, problem }: Visit = {}) {
  const drawing = new CountingEngine();
  if (problem) drawing.problem = new Error(problem);
  const sample = vi.spyOn(drawing, 'sample');
  const training = {
    createModel: vi.fn(async () => ({ config: defaultSettings(dataset).model, parameters: 1 })),
    train: vi.fn(() => new Promise<never>(() => undefined)),
    pauseTraining: async () => undefined,
    restore: async () => restored,
    changeTraining: async () => undefined,
    drawPreview: vi.fn(async () => new Float32Array()),
  };
  const store = createStore<All>()((...parts) => ({
    ...createSessionSlice({ start: async () => ({ ...backendReport, ...other }), end: () => undefined })(
      ...parts,
    ),
    ...createDatasetSlice(async (id) => datasetWithoutImages(id))(...parts),
    ...createValuesSlice(pageValues(dataset))(...parts),
    ...createSettingsSlice()(...parts),
    ...createTrainingSlice(training)(...parts),
    ...createSamplingSlice(drawing)(...parts),
    ...createFirstSampleSlice(...parts),
  }));
  void store.getState().startSession({ baseUrl: '/' }, null);
  return { state: store.getState, drawing, sample, training };
}

const choices = firstSampleChoices({ nClasses: 0 });
const runTime = 2 * (choices.steps as number) * stepMilliseconds;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('on arrival', () => {
  it('images are drawn from the pretrained model, in few steps, and the settings say how', async () => {
    const { state, drawing } = arrive();
    await vi.advanceTimersByTimeAsync(runTime);
    const drawn = { ...choices, classes: 'none', guidance: 0 };
    expect(drawing.settings).toMatchObject({ shipped: 'digits', ...drawn });
    const { status, recording } = state().sampling;
    expect(status).toBe('finished');
    expect(recording).toMatchObject({
      model: { ...defaultSettings('digits').model, ...shippedModels.digits.config },
      trainedSteps: shippedModels.digits.steps,
    });
    expect(recording?.steps.at(-1)?.index).toBe(choices.steps);
    expect(state().values.sampling).toEqual(choices);
  });

  it('nothing is drawn for a data set without a model, or by a backend without fused kernels', async () => {
    for (const visit of [{ dataset: 'shapes' }, { backend: { name: 'cpu', fused: false } }] as const) {
      const { state, sample } = arrive(visit);
      await vi.advanceTimersByTimeAsync(runTime);
      expect(state().session.status).toBe('ready');
      expect(sample).not.toHaveBeenCalled();
      expect(state().sampling).toMatchObject({ status: 'idle', recording: null });
    }
  });

  it('where the visitor has trained before, both models are shown', async () => {
    const { state, drawing, training } = arrive({ restored: trained });
    await vi.advanceTimersByTimeAsync(runTime);
    expect(state().training).toMatchObject({ status: 'paused', step: 7 });
    expect(drawing.settings).toMatchObject({ shipped: 'digits' });
    expect(training.drawPreview).toHaveBeenCalledOnce();
  });

  it('the visitor’s own model draws where it was chosen, by the settings that were chosen', async () => {
    const { state, drawing } = arrive({ restored: trained });
    state().set(originGroup, { origin: 'own' });
    state().set(samplingGroup, { sampler: 'ddim', steps: 9, count: 3 });
    await vi.advanceTimersByTimeAsync(runTime);
    expect(drawing.settings).toMatchObject({ sampler: 'ddim', steps: 9, count: 3 });
    expect(drawing.settings).not.toHaveProperty('shipped');
  });

  it('sampling settings that were chosen are used and stay, whatever data set follows', async () => {
    const { state, drawing } = arrive();
    state().set(samplingGroup, { steps: 7, seed: 3 });
    const settings = state().values.sampling;
    await vi.advanceTimersByTimeAsync(runTime);
    expect(drawing.settings).toMatchObject({ steps: 7, seed: 3 });
    void state().chooseDataset('fashion-16');
    await vi.advanceTimersByTimeAsync(4 * runTime);
    expect(drawing.settings).toMatchObject({ shipped: 'fashionByClass', steps: 7, seed: 3 });
    expect(state().values.sampling).toBe(settings);
  });

  it('another data set without a model takes its images away, and they come back with it', async () => {
    const { state, drawing, sample } = arrive();
    await vi.advanceTimersByTimeAsync(3 * stepMilliseconds);
    expect(state().sampling).toMatchObject({ status: 'running', first: true });
    void state().chooseDataset('shapes');
    await vi.advanceTimersByTimeAsync(runTime);
    expect(state().sampling).toMatchObject({ status: 'idle', recording: null, first: false });
    expect(drawing.commands.at(-1)).toBe('stop');
    void state().chooseDataset('digits');
    await vi.advanceTimersByTimeAsync(runTime);
    expect(state().sampling).toMatchObject({
      status: 'finished',
      recording: { settings: { shipped: 'digits' } },
    });
    void state().chooseDataset('digits');
    await vi.advanceTimersByTimeAsync(runTime);
    expect(sample, 'what is there already is not drawn anew').toHaveBeenCalledTimes(2);
  });

  it('of a data set whose model knows classes, they are drawn in turn', async () => {
    const { state, drawing } = arrive({ dataset: 'fashion-16' });
    await vi.advanceTimersByTimeAsync(4 * runTime);
    expect(drawing.settings).toMatchObject({ shipped: 'fashionByClass', classes: 'each', count: 30 });
    expect(state().sampling).toMatchObject({ status: 'finished', first: true });
    void state().chooseDataset('digits');
    await vi.advanceTimersByTimeAsync(runTime);
    expect(drawing.settings).toMatchObject({ shipped: 'digits', classes: 'none' });
  });

  it('what the visitor draws goes on, whatever data set is chosen', async () => {
    const { state } = arrive();
    await vi.advanceTimersByTimeAsync(runTime);
    void state().startSampling(shippedModel('digits'));
    await vi.advanceTimersByTimeAsync(2 * stepMilliseconds);
    void state().chooseDataset('shapes');
    await vi.advanceTimersByTimeAsync(5 * stepMilliseconds);
    expect(state().sampling).toMatchObject({ status: 'running', first: false });
  });

  it('a model that is opened draws at once, whatever was trained, and is what is drawn from', async () => {
    const { state, drawing } = arrive({ dataset: 'shapes' });
    await vi.advanceTimersByTimeAsync(1);
    void state().startTraining();
    await vi.advanceTimersByTimeAsync(5 * stepMilliseconds);
    void state().openShipped('digitsByClass');
    await vi.advanceTimersByTimeAsync(4 * runTime);
    expect(drawing.settings).toMatchObject({ shipped: 'digitsByClass', classes: 'each', count: 30 });
    expect(state().sampling.status).toBe('finished');
    expect(state().values.origin.origin).toBe('shippedByClass');
    expect(state().values.data.dataset).toBe('digits');
  });

  it('of a model with classes every class has as many images', () => {
    for (const nClasses of [2, 10, 12, 26, 62]) {
      const { count = 0, classes } = firstSampleChoices({ nClasses });
      expect(classes).toBe('each');
      expect(count % nClasses).toBe(0);
      expect(samplingProblem(firstSampleChoices({ nClasses }))).toBeNull();
    }
  });

  it('it gives way to training', async () => {
    const { state, training } = arrive();
    await vi.advanceTimersByTimeAsync(5 * stepMilliseconds);
    expect(state().sampling.status).toBe('running');
    void state().startTraining();
    await vi.advanceTimersByTimeAsync(runTime);
    expect(training.train).toHaveBeenCalledOnce();
    expect(state().sampling.status).toBe('stopped');
  });

  it('it gives way to another view, and is drawn anew on the way back', async () => {
    const { state, drawing, sample } = arrive();
    await vi.advanceTimersByTimeAsync(5 * stepMilliseconds);
    state().showPlayground(false);
    await vi.advanceTimersByTimeAsync(runTime);
    expect(drawing.commands.at(-1)).toBe('stop');
    expect(state().sampling.status).toBe('stopped');
    state().showPlayground(true);
    await vi.advanceTimersByTimeAsync(runTime);
    expect(state().sampling).toMatchObject({ status: 'finished', first: true });
    expect(sample).toHaveBeenCalledTimes(2);
    state().showPlayground(false);
    state().showPlayground(true);
    await vi.advanceTimersByTimeAsync(runTime);
    expect(sample, 'what is finished stays').toHaveBeenCalledTimes(2);
  });

  it('back at once, before the run has ended, it is drawn all the same', async () => {
    const { state } = arrive();
    await vi.advanceTimersByTimeAsync(5 * stepMilliseconds);
    state().showPlayground(false);
    state().showPlayground(true);
    await vi.advanceTimersByTimeAsync(2 * runTime);
    expect(state().sampling.status).toBe('finished');
  });

  it('who arrives at another view has it drawn in the playground, of the data set chosen by then', async () => {
    const { state, drawing, sample } = arrive();
    state().showPlayground(false);
    await vi.advanceTimersByTimeAsync(runTime);
    void state().chooseDataset('fashion-16');
    await vi.advanceTimersByTimeAsync(runTime);
    expect(sample).not.toHaveBeenCalled();
    state().showPlayground(true);
    await vi.advanceTimersByTimeAsync(4 * runTime);
    expect(sample).toHaveBeenCalledOnce();
    expect(drawing.settings).toMatchObject({ shipped: 'fashionByClass' });
  });

  it('what another data set drew goes at once, seen or not', async () => {
    const { state } = arrive();
    await vi.advanceTimersByTimeAsync(runTime);
    state().showPlayground(false);
    void state().chooseDataset('shapes');
    expect(state().sampling).toMatchObject({ status: 'idle', recording: null });
    state().showPlayground(true);
    await vi.advanceTimersByTimeAsync(runTime);
    expect(state().sampling.status).toBe('idle');
  });

  it('it is not drawn anew once something was trained, nor where the visitor stopped it', async () => {
    const { state, sample } = arrive();
    await vi.advanceTimersByTimeAsync(5 * stepMilliseconds);
    state().stopSampling();
    await vi.advanceTimersByTimeAsync(runTime);
    state().showPlayground(false);
    state().showPlayground(true);
    expect(sample).toHaveBeenCalledOnce();
    void state().openShipped('digitsByClass');
    await vi.advanceTimersByTimeAsync(5 * stepMilliseconds);
    state().showPlayground(false);
    void state().startTraining();
    await vi.advanceTimersByTimeAsync(runTime);
    state().showPlayground(true);
    await vi.advanceTimersByTimeAsync(runTime);
    expect(sample).toHaveBeenCalledTimes(2);
  });

  it('a model that is opened from another view draws there, and again on the way back', async () => {
    const { state, drawing } = arrive();
    await vi.advanceTimersByTimeAsync(runTime);
    state().showPlayground(false);
    void state().openShipped('digitsByClass');
    await vi.advanceTimersByTimeAsync(5 * stepMilliseconds);
    state().showPlayground(true);
    state().showPlayground(false);
    await vi.advanceTimersByTimeAsync(runTime);
    expect(state().sampling.status).toBe('stopped');
    state().showPlayground(true);
    await vi.advanceTimersByTimeAsync(4 * runTime);
    expect(drawing.settings).toMatchObject({ shipped: 'digitsByClass' });
    expect(state().sampling.status).toBe('finished');
  });

  it('a run of the visitor is not stopped by training', async () => {
    const { state } = arrive();
    await vi.advanceTimersByTimeAsync(runTime);
    void state().startSampling({ config: defaultSettings('digits').model, trainedSteps: 1 });
    await vi.advanceTimersByTimeAsync(5 * stepMilliseconds);
    void state().startTraining();
    await vi.advanceTimersByTimeAsync(5 * stepMilliseconds);
    expect(state().sampling.status).toBe('running');
  });

  it('a model that cannot be read is said to be so, and training starts all the same', async () => {
    const { state, training } = arrive({ problem: 'The model that ships cannot be used.' });
    await vi.advanceTimersByTimeAsync(runTime);
    expect(state().sampling).toMatchObject({
      status: 'failed',
      problem: 'The model that ships cannot be used.',
    });
    void state().startTraining();
    await vi.advanceTimersByTimeAsync(1);
    expect(training.train).toHaveBeenCalledOnce();
  });
});
