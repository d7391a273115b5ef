import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { defaultSettings } from './defaultSettings';
import { createSettingsSlice, type SettingsSlice } from './settingsSlice';

const storeOf = (...of: Parameters<typeof createSettingsSlice>) =>
  createStore<SettingsSlice>()(createSettingsSlice(...of));

describe('settings', () => {
  it('are kept for each data set while another one is chosen', () => {
    const { getState } = storeOf('digits');
    getState().changeModel({ nSteps: 300 });
    getState().followDataset('shapes');
    expect(getState().settings).toMatchObject(defaultSettings('shapes'));
    getState().changePreview({ count: 9 });
    getState().followDataset('digits');
    expect(getState().settings).toMatchObject({
      dataset: 'digits',
      model: { nSteps: 300, imageChannels: 1 },
    });
    expect(getState().settings.kept.shapes?.training.preview).toMatchObject({ count: 9, seed: 1 });
  });

  it('start with what was kept from an earlier visit', () => {
    const kept = { ...defaultSettings('digits'), seed: 9 };
    expect(storeOf('digits', { digits: kept }).getState().settings).toMatchObject(kept);
  });

  it('take over those of a model that came back only where none were kept', () => {
    const { getState } = storeOf('digits');
    const { model, training } = defaultSettings('digits');
    getState().keepSettings('digits', {
      model: { ...model, nSteps: 400 },
      training: { ...training, steps: 1 },
    });
    expect(getState().settings.model.nSteps).toBe(400);
    expect(getState().settings.training.steps, 'not those of a single step').toBe(training.steps);
    getState().changeSeed(4);
    getState().keepSettings('digits', { model, training });
    expect(getState().settings).toMatchObject({ seed: 4, model: { nSteps: 400 } });
  });

  it('are at their defaults again when asked for, and no longer kept', () => {
    const { getState } = storeOf('digits');
    getState().changeTraining({ batchSize: 1 });
    getState().restoreDefaults();
    expect(getState().settings).toMatchObject({ ...defaultSettings('digits'), kept: {} });
  });

  it('note what is typed but not valid, a control at a time', () => {
    const { getState } = storeOf('digits');
    getState().noteDraft('nSteps', 'Must be at least 2.');
    getState().noteDraft('seed', 'Must be a whole number.');
    getState().noteDraft('nSteps', null);
    expect(getState().settings.drafts).toEqual({ seed: 'Must be a whole number.' });
    const { settings } = getState();
    getState().noteDraft('nSteps', null);
    expect(getState().settings).toBe(settings);
  });
});
