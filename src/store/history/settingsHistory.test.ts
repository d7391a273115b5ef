import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import '../../app/compose';
import { forwardGroup } from '../../settings/groups/forward';
import { dataGroup } from '../../settings/groups/page';
import { trainingGroup } from '../../settings/groups/training';
import { forwardLabGroup } from '../../views/forward/settings';
import { withPoint } from '../../views/forward/state';
import { pointsGroup } from '../../views/points/settings';
import { pointsStore } from '../../views/points/usePoints';
import { reverseStepGroup } from '../../views/reverse/settings';
import { useStore as store } from '../store';
import { valuesOf } from '../valuesSlice';
import { recordSettings, settingsHistory } from './pageHistory';

const history = () => settingsHistory.getState();
const page = () => store.getState();
const settings = () => page().values.settings;
const titles = () => history().past.map(({ title }) => title);
const gesture = () => history().newGesture();

beforeAll(recordSettings);
beforeEach(() => {
  history().beginAnew();
  gesture();
});

describe('the history of the settings', () => {
  it('takes back and brings back what the user changed, in order, by its name', () => {
    const { training, model } = settings();
    page().set(trainingGroup, { 'training.learningRate': 0.01 });
    gesture();
    page().set(trainingGroup, { 'model.nSteps': 300 });
    gesture();
    page().set(reverseStepGroup, { variance: 'betaTilde' });
    expect(titles()).toEqual(['Learning rate', 'Diffusion steps', 'Variance']);
    history().undo();
    history().undo();
    expect(valuesOf(page(), reverseStepGroup).variance).toBe('beta');
    expect(settings().model).toEqual(model);
    expect(settings().training.learningRate).toBe(0.01);
    expect(history().announcement).toMatchObject({
      text: 'Undone: Diffusion steps, now 1000',
      view: 'playground',
    });
    history().redo();
    expect(settings().model.nSteps).toBe(300);
    history().undo();
    history().undo();
    expect(settings().training).toEqual(training);
    history().undo();
    expect(history()).toMatchObject({ past: [], future: [{}, {}, {}] });
    page().set(trainingGroup, { seed: 7 });
    expect(history().future, 'what was taken back is gone once something else is changed').toEqual([]);
    history().undo();
  });

  it('holds a drag as one entry, and a second drag as another', () => {
    const { t } = page().values.forward;
    for (const next of [201, 250, 300]) page().set(forwardGroup, { t: next });
    gesture();
    for (const next of [310, 320]) page().set(forwardGroup, { t: next });
    expect(titles()).toHaveLength(2);
    history().undo();
    expect(page().values.forward.t).toBe(300);
    // A drag after an undo is no part of what was before it.
    page().set(forwardGroup, { t: 400 });
    history().undo();
    expect(page().values.forward.t).toBe(300);
    history().undo();
    expect(page().values.forward.t).toBe(t);
  });

  it('keeps the last 200 entries, and takes them back to the oldest of these', () => {
    for (let seed = 1; seed <= 205; seed++) {
      gesture();
      page().set(trainingGroup, { seed: 1000 + seed });
    }
    for (let i = 0; i < 205; i++) history().undo();
    expect(settings().seed).toBe(1005);
    for (let i = 0; i < 205; i++) history().redo();
    expect(settings().seed).toBe(1205);
    page().put(trainingGroup, { seed: 1 });
  });

  it('takes back only what was changed: what came meanwhile stays', () => {
    page().set(trainingGroup, { 'training.batchSize': 16 });
    page().put(trainingGroup, { seed: 99 });
    history().undo();
    expect(settings()).toMatchObject({ seed: 99, training: { batchSize: 64 } });
    page().put(trainingGroup, { seed: 1 });
  });

  it('goes back to a data set with its settings, example and filter', () => {
    page().set(forwardGroup, { exampleIndex: 5 });
    gesture();
    page().set(trainingGroup, { 'training.batchSize': 16 });
    gesture();
    void page().chooseDataset('shapes');
    expect(page().values.forward.exampleIndex).toBe(0);
    expect(titles()).toEqual(['Example', 'Batch size', 'Data set']);
    history().undo();
    expect(page().values.data.dataset).toBe('digits');
    expect(page().values.forward.exampleIndex).toBe(5);
    expect(settings().training.batchSize).toBe(16);
    history().undo();
    history().undo();
    expect(settings().training.batchSize).toBe(64);
    expect(page().values.forward.exampleIndex).toBe(0);
  });

  it('says where a data set is gone, and stays where it is', () => {
    const facts = { title: 'Cats', count: 20, imageSize: 8, channels: 1, classNames: [] } as never;
    store.setState({ ownDatasets: { ...page().ownDatasets, facts: { 'own:1': facts }, listed: ['own:1'] } });
    page().set(dataGroup, { dataset: 'own:1' });
    gesture();
    void page().chooseDataset('digits');
    store.setState({ ownDatasets: { ...page().ownDatasets, listed: [] } });
    history().undo();
    expect(page().values.data.dataset).toBe('digits');
    expect(history().announcement?.text).toContain('“Cats” is deleted');
  });

  it('does not record what plays by itself, nor what a link brings', () => {
    page().put(forwardLabGroup, { t: 300 });
    pointsStore.getState().play('forward');
    pointsStore.getState().advance(1);
    pointsStore.getState().hold();
    expect(titles()).toEqual([]);
    page().set(trainingGroup, { 'training.batchSize': 16 });
    page().openLink({ shared: null, problem: null });
    expect(titles()).toEqual([]);
    page().set(trainingGroup, { 'training.batchSize': 64 });
  });

  it('knows drawn points and drawn schedules', () => {
    const points = () => valuesOf(page(), pointsGroup);
    pointsStore.getState().draw(Float32Array.of(1, 1));
    const { drawn } = points();
    gesture();
    const lab = valuesOf(page(), forwardLabGroup);
    page().set(forwardLabGroup, { drawn: withPoint(lab.drawn, 3, 0.6) });
    history().undo();
    expect(valuesOf(page(), forwardLabGroup).drawn[3]).toBe(0.5);
    history().undo();
    expect(points()).toMatchObject({ drawn: new Float32Array(), set: 'moons' });
    history().redo();
    expect(points()).toMatchObject({ drawn, set: 'drawn' });
    history().undo();
  });
});
