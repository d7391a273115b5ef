import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { defaultSettings } from '../settings/defaultSettings';
import { dataGroup } from '../settings/groups/page';
import { trainingGroup } from '../settings/groups/training';
import type { KeptSettings } from '../settings/settings';
import { pageValues } from '../testing/values';
import { createSettingsSlice, type SettingsSlice } from './settingsSlice';
import { createValuesSlice, type ValuesSlice } from './valuesSlice';

function storeOf(kept: KeptSettings = {}) {
  return createStore<SettingsSlice & ValuesSlice>()((...parts) => ({
    ...createValuesSlice(pageValues())(...parts),
    ...createSettingsSlice(kept)(...parts),
  }));
}

describe('settings', () => {
  it('are kept for each data set while another one is chosen', () => {
    const { getState } = storeOf();
    const follow = (dataset: 'digits' | 'shapes') => {
      getState().put(dataGroup, { dataset });
      getState().followDataset(dataset);
    };
    getState().set(trainingGroup, { 'model.nSteps': 300 });
    follow('shapes');
    expect(getState().values.settings).toEqual(defaultSettings('shapes'));
    getState().set(trainingGroup, { 'training.preview.count': 9 });
    follow('digits');
    expect(getState().values.settings).toMatchObject({ model: { nSteps: 300, imageChannels: 1 } });
    expect(getState().kept.shapes?.training.preview).toMatchObject({ count: 9, seed: 1 });
  });

  it('start with what was kept from an earlier visit', () => {
    const kept = { ...defaultSettings('digits'), seed: 9 };
    const { getState } = storeOf({ digits: kept });
    getState().followDataset('digits');
    expect(getState().values.settings).toEqual(kept);
  });

  it('take over those of a model that came back only where none were kept', () => {
    const { getState } = storeOf();
    const { model, training } = defaultSettings('digits');
    getState().keepSettings('digits', {
      model: { ...model, nSteps: 400 },
      training: { ...training, steps: 1 },
    });
    expect(getState().values.settings.model.nSteps).toBe(400);
    expect(getState().values.settings.training.steps, 'not those of a single step').toBe(training.steps);
    getState().set(trainingGroup, { seed: 4 });
    getState().keepSettings('digits', { model, training });
    expect(getState().values.settings).toMatchObject({ seed: 4, model: { nSteps: 400 } });
  });

  it('are at their defaults again when asked for', () => {
    const { getState } = storeOf();
    getState().set(trainingGroup, { 'training.batchSize': 1 });
    getState().restoreDefaults();
    expect(getState().values.settings).toEqual(defaultSettings('digits'));
  });

  it('note what is typed but not valid, a control at a time', () => {
    const { getState } = storeOf();
    const note = (path: string, problem: string | null) =>
      getState().noteDraft(trainingGroup as never, path, problem);
    note('model.nSteps', 'Must be at least 2.');
    note('seed', 'Must be a whole number.');
    note('model.nSteps', null);
    expect(getState().drafts).toEqual({ 'settings.seed': 'Must be a whole number.' });
    const { drafts } = getState();
    note('model.nSteps', null);
    expect(getState().drafts).toBe(drafts);
  });
});
