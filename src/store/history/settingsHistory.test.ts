import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { stores } from '../store';
import { recordSettings, settingsHistory } from './pageHistory';
import { recordedActions, recordedPointsActions } from './recordedActions';

const { store, points } = stores;
const history = () => settingsHistory.getState();
const page = () => store.getState();
const titles = () => history().past.map(({ title }) => title);
const gesture = () => history().newGesture();

beforeAll(recordSettings);
beforeEach(() => {
  history().beginAnew(() => undefined);
  gesture();
});

describe('the history of the settings', () => {
  it('takes back and brings back what the user changed, in order, by its name', () => {
    const { training, model } = page().settings;
    page().changeTraining({ learningRate: 0.01 });
    gesture();
    page().changeModel({ nSteps: 300 });
    gesture();
    page().setReverseStep({ variance: 'betaTilde' });
    expect(titles()).toEqual(['Learning rate', 'Diffusion steps', 'Variance']);
    history().undo();
    history().undo();
    expect(page().reverseStep.settings.variance).toBe('beta');
    expect(page().settings.model).toEqual(model);
    expect(page().settings.training.learningRate).toBe(0.01);
    expect(history().told).toMatchObject({ text: 'Undone: Diffusion steps, now 1000', view: 'playground' });
    history().redo();
    expect(page().settings.model.nSteps).toBe(300);
    history().undo();
    history().undo();
    expect(page().settings.training).toEqual(training);
    history().undo();
    expect(history()).toMatchObject({ past: [], future: [{}, {}, {}] });
    page().changeSeed(7);
    expect(history().future, 'what was taken back is gone once something else is changed').toEqual([]);
    history().undo();
  });

  it('holds a drag as one entry, and a second drag as another', () => {
    const { t } = page().forward;
    for (const next of [201, 250, 300]) page().setTime(next);
    gesture();
    for (const next of [310, 320]) page().setTime(next);
    expect(titles()).toHaveLength(2);
    history().undo();
    expect(page().forward.t).toBe(300);
    // A drag after an undo is no part of what was before it.
    page().setTime(400);
    history().undo();
    expect(page().forward.t).toBe(300);
    history().undo();
    expect(page().forward.t).toBe(t);
  });

  it('takes back only what was changed: what came meanwhile stays', () => {
    page().changeTraining({ batchSize: 16 });
    store.setState({ settings: { ...page().settings, seed: 99 } });
    history().undo();
    expect(page().settings).toMatchObject({ seed: 99, training: { batchSize: 64 } });
    store.setState({ settings: { ...page().settings, seed: 1 } });
  });

  it('goes back to a data set with its settings, example and filter', () => {
    page().pickExample(5);
    gesture();
    page().changeTraining({ batchSize: 16 });
    gesture();
    void page().chooseDataset('shapes');
    expect(page().forward.exampleIndex).toBe(0);
    expect(titles()).toEqual(['Example', 'Batch', 'Data set']);
    history().undo();
    expect(page().dataset.id).toBe('digits');
    expect(page().forward.exampleIndex).toBe(5);
    expect(page().settings.training.batchSize).toBe(16);
    history().undo();
    history().undo();
    expect(page().settings.training.batchSize).toBe(64);
    expect(page().forward.exampleIndex).toBe(0);
  });

  it('says where a data set is gone, and stays where it is', () => {
    const facts = { title: 'Cats' } as never;
    store.setState({ ownDatasets: { ...page().ownDatasets, facts: { 'own:1': facts }, listed: ['own:1'] } });
    history().record(() => store.setState({ settings: { ...page().settings, dataset: 'own:1' } }));
    gesture();
    void page().chooseDataset('digits');
    store.setState({ ownDatasets: { ...page().ownDatasets, listed: [] } });
    history().undo();
    expect(page().settings.dataset).toBe('digits');
    expect(history().told?.text).toContain('“Cats” is deleted');
  });

  it('does not record what plays by itself, nor what a link brings', () => {
    page().setForwardLab({ playing: true });
    page().setForwardLab({ t: 300 });
    page().setForwardLab({ playing: false });
    points.getState().play('forward');
    points.getState().advance(1);
    points.getState().hold();
    expect(titles()).toEqual([]);
    page().changeTraining({ batchSize: 16 });
    page().openLink({ shared: null, problem: null });
    expect(titles()).toEqual([]);
    page().changeTraining({ batchSize: 64 });
  });

  it('knows drawn points and drawn schedules', () => {
    void points.getState().draw(Float32Array.of(1, 1));
    const { drawn } = points.getState();
    gesture();
    page().drawPoint(3, 0.6);
    history().undo();
    expect(page().forwardLab.drawn[3]).toBe(0.5);
    history().undo();
    expect(points.getState()).toMatchObject({ drawn: new Float32Array(), choices: { set: 'moons' } });
    history().redo();
    expect(points.getState()).toMatchObject({ drawn, choices: { set: 'drawn' } });
    history().undo();
  });

  it('has every action that changes settings', () => {
    const names = (state: object) =>
      Object.keys(state).filter((name) =>
        /^(set|change|choose|pick|toggle|clear|draw|copy|swap)[A-Z]?/.test(name),
      );
    const others = new Set([
      // Of a run, of what is looked at, of own data or of a drawing, which have a history of their own.
      ...['setSamplingSpeed', 'changeOwnDataset', 'changeDrawing', 'changeHole', 'chooseVariant'],
      ...['chooseInpainted', 'drawFirstSample', 'clearSampling', 'drawn', 'settings'],
    ]);
    for (const [state, recorded] of [
      [page(), recordedActions],
      [points.getState(), recordedPointsActions],
    ] as const)
      expect(names(state).filter((name) => !(name in recorded) && !others.has(name))).toEqual([]);
  });
});
