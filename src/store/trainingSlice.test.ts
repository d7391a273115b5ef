import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { BackendReport } from '../engine/backend/report';
import type { DatasetId } from '../engine/data/datasets';
import { trainingGroup } from '../settings/groups/training';
import { backendReport, datasetWithoutImages } from '../testing/page';
import { SteppingEngine } from '../testing/steppingEngine';
import { pageValues } from '../testing/values';
import { createDatasetSlice, type DatasetSlice } from './datasetSlice';
import { createFirstSampleSlice, type FirstSampleSlice } from './firstSampleSlice';
import { newModelProblem, startProblem, waitingSettings } from './readiness';
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

async function ready(prepare: (engine: SteppingEngine) => void = () => undefined, settingsLost = false) {
  const engine = new SteppingEngine();
  prepare(engine);
  const store = createStore<All>()((...parts) => ({
    ...createSessionSlice({
      start: async (_, listen) => {
        engine.changeBackend = listen;
        return backendReport;
      },
      end(reason) {
        engine.break(`The engine stopped: ${reason}.`);
        parts[1]().endSession(`The engine stopped: ${reason}.`);
      },
    })(...parts),
    ...createDatasetSlice(async (id) => {
      await parts[1]().pauseTraining();
      return datasetWithoutImages(id);
    })(...parts),
    ...createValuesSlice(pageValues('digits'))(...parts),
    ...createSettingsSlice()(...parts),
    ...createTrainingSlice(engine, settingsLost)(...parts),
    ...createSamplingSlice(engine)(...parts),
    ...createFirstSampleSlice(...parts),
  }));
  await store.getState().startSession({ baseUrl: '/' }, null);
  return { engine, store, state: store.getState };
}

/** A store whose model has taken three steps and is paused. */
async function paused() {
  const all = await ready();
  const run = all.state().startTraining();
  await settled();
  all.engine.takeSteps(3);
  await all.state().pauseTraining();
  await run;
  return all;
}

/** Lets every promise that can go on do so. */
async function settled() {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}

describe('a training run', () => {
  it('makes the model of the settings, trains it, and takes over what the engine tells', async () => {
    const { engine, state } = await ready();
    const run = state().startTraining();
    expect(state().training.status).toBe('starting');
    await settled();
    expect(engine.createModel).toHaveBeenCalledWith(state().values.settings.model, 1);
    expect(engine.settings).toEqual(state().values.settings.training);
    engine.takeSteps(2);
    expect(state().training).toMatchObject({
      status: 'training',
      dataset: 'digits',
      step: 2,
      speed: { stepsPerSecond: 10, imagesPerSecond: 640, secondsLeft: 3 },
      memory: { tensors: 5, bytes: 100 },
    });
    expect([...state().training.losses.raw]).toEqual([1, 0.5]);
    const images = new Float32Array(16 * 64);
    engine.tell({ kind: 'preview', step: 2, images, count: 16 });
    expect(state().training.preview).toEqual({
      step: 2,
      images,
      count: 16,
      size: 8,
      channels: 1,
      nClasses: 0,
    });
    await state().pauseTraining();
    await run;
    expect(state().training).toMatchObject({ status: 'paused', step: 2, speed: null });
  });

  it('goes on with the same model after a pause, and finishes at the step target', async () => {
    const { engine, state } = await paused();
    state().set(trainingGroup, { 'training.steps': 5 });
    const run = state().startTraining();
    await settled();
    engine.takeSteps(10);
    await run;
    expect(engine.createModel).toHaveBeenCalledTimes(1);
    expect(state().training).toMatchObject({ status: 'finished', step: 5 });
    expect(state().training.losses.length).toBe(5);
  });

  it('takes exactly one step when asked for one', async () => {
    const { engine, state } = await paused();
    const run = state().trainOneStep();
    await settled();
    engine.takeSteps(10);
    await run;
    expect(state().training).toMatchObject({ status: 'paused', step: 4 });
  });

  it('can be paused while the model is made, and then takes no step', async () => {
    const { engine, state } = await ready();
    const run = state().startTraining();
    await state().pauseTraining();
    await run;
    expect(engine.train).not.toHaveBeenCalled();
    expect(state().training.status).toBe('paused');
  });

  it('is paused for good before its first step has been told', async () => {
    const { engine, state } = await ready();
    const run = state().startTraining();
    await settled();
    expect(engine.running).toBe(true);
    await state().pauseTraining();
    await run;
    expect(engine.running).toBe(false);
    expect(state().training.status).toBe('paused');
  });

  it('starts once, however often it is told to', async () => {
    const { engine, state } = await ready();
    void state().startTraining();
    void state().startTraining();
    void state().trainOneStep();
    await settled();
    expect(engine.train).toHaveBeenCalledTimes(1);
  });

  it('takes settings at its next step, without a pause', async () => {
    const { engine, store, state } = await ready();
    void state().startTraining();
    await settled();
    engine.takeSteps(3);
    const statuses = new Set<string>();
    store.subscribe(({ training }) => statuses.add(training.status));
    state().set(trainingGroup, { 'training.learningRate': 5e-4 });
    state().set(trainingGroup, { 'training.preview.count': 4 });
    await settled();
    expect(engine.settings).toEqual(state().values.settings.training);
    expect(engine.settings).toMatchObject({ learningRate: 5e-4, preview: { count: 4 } });
    engine.takeSteps(1);
    expect(state().training.step).toBe(4);
    expect([...statuses]).toEqual(['training']);
    expect(engine.train).toHaveBeenCalledTimes(1);
    expect(engine.pauseTraining).not.toHaveBeenCalled();
  });

  it('of a single step stays one, whatever settings change', async () => {
    const { engine, state } = await paused();
    const run = state().trainOneStep();
    await settled();
    state().set(trainingGroup, { 'training.learningRate': 5e-4 });
    await settled();
    expect(engine.settings).toMatchObject({ learningRate: 5e-4, steps: 4 });
    engine.takeSteps(10);
    await run;
    expect(state().training.step).toBe(4);
  });

  it('says why the engine refuses settings, until it takes others, and goes on meanwhile', async () => {
    const { engine, state } = await ready();
    void state().startTraining();
    await settled();
    engine.refusal = 'The model takes about 9 GiB.';
    state().set(trainingGroup, { 'training.batchSize': 1000 });
    await settled();
    engine.takeSteps(1);
    expect(state().training).toMatchObject({ status: 'training', message: 'The model takes about 9 GiB.' });
    engine.refusal = null;
    state().set(trainingGroup, { 'training.batchSize': 32 });
    await settled();
    expect(state().training).toMatchObject({ status: 'training', message: null });
    engine.tell({ kind: 'notice', message: 'The model could not be saved.' });
    state().set(trainingGroup, { 'training.batchSize': 16 });
    await settled();
    expect(state().training.message, 'another message stays').toBe('The model could not be saved.');
  });

  it('gets no settings of another data set', async () => {
    const { engine, state } = await ready();
    void state().startTraining();
    await settled();
    void state().openDataset('shapes');
    state().set(trainingGroup, { 'training.learningRate': 5e-4 });
    await settled();
    expect(engine.changeTraining).not.toHaveBeenCalled();
  });

  it('goes on with the settings before while those of now cannot be used', async () => {
    const { engine, state } = await ready();
    void state().startTraining();
    await settled();
    engine.takeSteps(1);
    state().set(trainingGroup, { 'training.batchSize': 5000 });
    await settled();
    expect(engine.changeTraining).not.toHaveBeenCalled();
    state().set(trainingGroup, { 'training.batchSize': 32 });
    await settled();
    expect(engine.settings?.batchSize).toBe(32);
  });

  it('keeps model and history when it diverges or fails, says why, and can go on', async () => {
    const { engine, state } = await paused();
    const run = state().startTraining();
    await settled();
    engine.takeSteps(2);
    engine.end({ reason: 'diverged', step: 3, message: 'The loss became infinite.' });
    await run;
    expect(state().training).toMatchObject({
      status: 'diverged',
      message: 'The loss became infinite.',
      step: 3,
    });
    expect(state().training.losses.length).toBe(3);
    const again = state().startTraining();
    await settled();
    expect(state().training.message).toBeNull();
    engine.break('The device was lost.');
    await again;
    expect(state().training).toMatchObject({ status: 'failed', message: 'The device was lost.', step: 3 });
    expect(state().training.losses.length).toBe(3);
    expect(startProblem(state())).toBeNull();
  });
});

describe('a new model', () => {
  it('drops the one before only when it could be made', async () => {
    const { engine, state } = await paused();
    state().set(trainingGroup, { 'model.nChannels': 64 });
    engine.refusal = 'There is not enough memory.';
    await state().resetTraining();
    expect(state().training).toMatchObject({
      status: 'failed',
      message: 'There is not enough memory.',
      step: 3,
    });
    expect(state().training.model?.config.nChannels).toBe(32);
    engine.refusal = null;
    await state().resetTraining();
    expect(state().training).toMatchObject({ status: 'idle', message: null, step: 0, preview: null });
    expect(state().training.model?.config.nChannels).toBe(64);
    expect(state().training.losses.length).toBe(0);
  });

  it('ends a run first, and hears nothing more of it', async () => {
    const { engine, state } = await ready();
    void state().startTraining();
    await settled();
    engine.takeSteps(3);
    await state().resetTraining();
    engine.tell({ kind: 'preview', step: 3, images: new Float32Array(), count: 0 });
    expect(state().training).toMatchObject({ status: 'idle', step: 0, preview: null });
  });

  it('is what settings of the network wait for, while the trained one goes on as it is', async () => {
    const { engine, state } = await paused();
    state().set(trainingGroup, {
      'model.nSteps': 300,
      'model.chMults': [1, 2, 2],
      'model.isAttn': [false, false, true],
    });
    expect(waitingSettings(state())).toEqual(['chMults', 'isAttn', 'nSteps']);
    const run = state().startTraining();
    await settled();
    engine.takeSteps(1);
    await state().pauseTraining();
    await run;
    expect(engine.config?.nSteps).toBe(1000);
    expect(state().training.step).toBe(4);
    state().set(trainingGroup, {
      'model.nSteps': 1000,
      'model.chMults': [1, 2],
      'model.isAttn': [false, true],
    });
    expect(waitingSettings(state())).toEqual([]);
  });

  it('cannot be made of settings that do not work; the trained one can go on', async () => {
    const { state } = await paused();
    state().set(trainingGroup, { 'model.nChannels': 33 });
    expect(newModelProblem(state())).toContain('33');
    expect(startProblem(state())).toBeNull();
    await state().resetTraining();
    expect(state().training.step).toBe(3);
  });
});

describe('what may be started', () => {
  it('names the reason: a problem of a setting, or what was typed and is not valid', async () => {
    const { engine, state } = await ready();
    state().set(trainingGroup, { 'training.batchSize': 5000 });
    expect(startProblem(state())).toBe(
      'Batch size must be a whole number from 1 to 1,612 (the number of training images), not 5,000.',
    );
    state().set(trainingGroup, { 'training.batchSize': 64 });
    state().noteDraft(trainingGroup as never, 'model.nSteps', 'Must be at least 2.');
    expect(startProblem(state())).toBe('Diffusion steps: Must be at least 2.');
    await state().startTraining();
    expect(engine.createModel).not.toHaveBeenCalled();
    state().noteDraft(trainingGroup as never, 'model.nSteps', null);
    expect(startProblem(state())).toBeNull();
  });

  it('waits for the engine and for the data', async () => {
    const { state, store } = await ready();
    store.setState({ session: { status: 'starting', backend: null, problem: null, stuck: null } });
    expect(startProblem(state())).toBe('The engine is starting.');
    store.setState({
      session: { status: 'failed', backend: null, problem: 'No backend works.', stuck: null },
    });
    expect(startProblem(state())).toBe('No backend works.');
  });

  it('ends the run for another data set, keeps its model, and goes on when one comes back', async () => {
    const { engine, state } = await ready();
    void state().startTraining();
    await settled();
    engine.takeSteps(2);
    await state().chooseDataset('shapes');
    expect(engine.running).toBe(false);
    expect(state().training).toMatchObject({ status: 'paused', step: 2, dataset: 'digits' });
    expect(state().values.settings.model.imageChannels).toBe(3);
    expect(startProblem(state())).toContain('has learned Digits');
    await state().chooseDataset('digits');
    expect(startProblem(state())).toBeNull();
  });
});

describe('restoring', () => {
  const history = Float32Array.of(0.9, 0.8, 0.7);

  it('brings back model, step, history and settings of the last visit', async () => {
    const { state } = await ready((engine) => {
      const { model, training } = stateOf('digits');
      engine.restored = {
        config: { ...model, nSteps: 300 },
        parameters: 7,
        step: 3,
        losses: history,
        heldOutLosses: [{ step: 2, loss: 0.75 }],
        dataset: 'digits',
        settings: { ...training, learningRate: 1e-4 },
      };
    });
    expect(state().training).toMatchObject({ status: 'paused', step: 3, model: { parameters: 7 } });
    expect(state().training.losses.raw).toEqual(history);
    expect(state().training.heldOutLosses).toEqual([{ step: 2, loss: 0.75 }]);
    expect(state().values.settings).toMatchObject({
      model: { nSteps: 300 },
      training: { learningRate: 1e-4 },
    });
    expect(waitingSettings(state())).toEqual([]);
    expect(startProblem(state())).toBeNull();
    expect(state().training.preview).toEqual({
      step: 3,
      images: new Float32Array(16 * 64).fill(1),
      count: 16,
      size: 8,
      channels: 1,
      nClasses: 0,
    });
  });

  it.each([
    [true, 'fashion-16', null],
    [false, 'digits', 'has learned Fashion'],
  ] as const)(
    'shows its data set where the settings are lost (%s), and else what was chosen',
    async (lost, shown, problem) => {
      const { state } = await ready((engine) => {
        const { model } = stateOf('fashion-16');
        const rest = { parameters: 7, step: 3, losses: history, heldOutLosses: [], settings: null };
        engine.restored = { config: model, dataset: 'fashion-16', ...rest };
      }, lost);
      expect(state().dataset).toMatchObject({ status: 'ready' });
      expect(state().values.data.dataset).toBe(shown);
      if (problem) expect(startProblem(state())).toContain(problem);
      else expect(startProblem(state())).toBeNull();
      await state().chooseDataset('shapes');
      state().forgetTraining();
      await state().restoreTraining();
      expect(state().values.data.dataset, 'a model that comes back later changes nothing').toBe('shapes');
    },
  );

  it('lets no new model take its place while it is being read', async () => {
    let found: (model: null) => void = () => {};
    const { state, engine } = await ready();
    engine.restore = () => new Promise((resolve) => (found = resolve));
    void state().restoreTraining();
    expect(startProblem(state())).toBe('The model of your last visit is being opened.');
    expect(newModelProblem(state())).toBe(startProblem(state()));
    found(null);
    await settled();
    expect(startProblem(state())).toBeNull();
  });

  it('says when what was saved cannot be read, and lets a new model be trained', async () => {
    const { engine, state } = await ready((engine) => {
      engine.restore = async () => Promise.reject(new Error('The saved model is damaged.'));
    });
    expect(state().training).toMatchObject({ status: 'failed', message: 'The saved model is damaged.' });
    void state().startTraining();
    await settled();
    expect(engine.running).toBe(true);
  });
});

describe('a backend that another one replaces', () => {
  it('is no longer on the badge; the run goes on from where the model was saved', async () => {
    const { state, engine } = await ready();
    const run = state().startTraining();
    await settled();
    engine.takeSteps(5);
    const next: BackendReport = { ...backendReport, name: 'cpu' };
    engine.changeBackend?.({ backend: next, step: 2, message: 'The GPU stopped.' });
    expect(state().session).toMatchObject({ status: 'ready', backend: next });
    expect(state().training).toMatchObject({ status: 'training', step: 2, message: 'The GPU stopped.' });
    expect(state().training.losses.length).toBe(2);
    engine.step = 2;
    engine.takeSteps(2);
    expect(Array.from(state().training.losses.raw)).toEqual([1, 1 / 2, 1 / 3, 1 / 4].map(Math.fround));
    await state().pauseTraining();
    await run;
    expect(state().training).toMatchObject({ status: 'paused', step: 4, message: 'The GPU stopped.' });
  });
});

it('knows since when the browser lacks steps, and that it has all', async () => {
  const { engine, state } = await ready();
  const run = state().startTraining();
  await settled();
  expect(state().training.unsavedSince).toBeNull();
  const before = performance.now();
  engine.takeSteps(2);
  const since = state().training.unsavedSince as number;
  expect(since).toBeGreaterThanOrEqual(before);
  engine.takeSteps(2);
  expect(state().training.unsavedSince, 'of the first that it lacks').toBe(since);
  engine.tell({ kind: 'saved', step: 3, ago: 0 });
  expect(state().training).toMatchObject({ savedStep: 3 });
  expect(state().training.unsavedSince).toBeGreaterThanOrEqual(since);
  engine.tell({ kind: 'saved', step: 4, ago: 0 });
  expect(state().training).toMatchObject({ savedStep: 4, unsavedSince: null });
  await state().pauseTraining();
  await run;
  expect(state().training.unsavedSince).toBeNull();
});

describe('an engine that ended by itself', () => {
  const restored = () => ({
    config: stateOf('digits').model,
    parameters: 7,
    step: 2,
    losses: Float32Array.of(1, 0.5),
    heldOutLosses: [],
    dataset: 'digits' as const,
    settings: null,
  });

  async function ended() {
    const all = await paused();
    const run = all.state().startTraining();
    await settled();
    all.engine.break('The engine stopped.');
    all.state().endSession('The engine stopped.');
    await run;
    return all;
  }

  it('lets nothing be started until it is started again', async () => {
    const { state } = await ended();
    expect(state().session).toMatchObject({ status: 'failed', problem: 'The engine stopped.' });
    expect(startProblem(state())).toBe('The engine stopped.');
    // What the page still knows stays in sight until then.
    expect(state().training).toMatchObject({ status: 'failed', step: 3 });
  });

  it('started again has the model as it was saved, and says what that lacks', async () => {
    const { state, engine } = await ended();
    engine.restored = restored();
    await state().restartSession();
    expect(state().session).toMatchObject({ status: 'ready', problem: null, backend: backendReport });
    expect(state().training).toMatchObject({
      status: 'paused',
      step: 2,
      message: 'The engine was started again. The model is back as it was at step 2. It had taken 3.',
    });
    expect(startProblem(state())).toBeNull();
    await state().restartSession();
    expect(state().training.step).toBe(2);
  });

  it('that is stuck in a run is ended and started again at one press', async () => {
    const { state, engine } = await ready();
    const run = state().startTraining();
    await settled();
    engine.takeSteps(3);
    state().tellStuck('Training has taken no step for 60 s.');
    engine.restored = restored();
    await state().restartSession();
    await run;
    expect(state().session).toMatchObject({ status: 'ready', problem: null, stuck: null });
    expect(state().training).toMatchObject({ status: 'paused', step: 2 });
    expect(state().training.message).toContain('The model is back as it was at step 2. It had taken 3.');
    void state().startTraining();
    await settled();
    engine.takeSteps(1);
    expect(state().training.status).toBe('training');
  });

  it('is said to have lost the model where nothing was saved', async () => {
    const { state } = await ended();
    await state().restartSession();
    expect(state().training).toMatchObject({ status: 'idle', step: 0, model: null });
    expect(state().training.message).toMatch(/saved no model: what was trained is lost/);
  });
});

function stateOf(id: DatasetId) {
  return pageValues(id).settings;
}
