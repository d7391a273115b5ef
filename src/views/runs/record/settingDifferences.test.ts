import { expect, test } from 'vitest';
import { defaultSettings } from '../../../settings/defaultSettings';
import { differenceWords, settingDifferences, settingsAfter, withSetting } from './settingDifferences';

const settings = defaultSettings('digits');

test('says what differs, in the words of the page, and leaves out what teaches nothing', () => {
  const other = {
    model: { ...settings.model, isAttn: [true, true], objective: 'v' },
    training: {
      ...settings.training,
      learningRate: 0.001,
      steps: 9,
      preview: { count: 1, samplerSteps: 1, seed: 9 },
    },
    seed: 2,
  };
  expect(settingDifferences(settings, other).map(differenceWords)).toEqual([
    expect.stringMatching(/^Prediction .+ → .+/),
    'Attention no, yes → yes, yes',
    'Learning rate 0.002 → 0.001',
    'Seed 1 → 2',
  ]);
});

test('a setting that is left out is the same as its default', () => {
  const { classDropout: _, ...training } = settings.training;
  expect(settingDifferences(settings, { ...settings, training })).toEqual([]);
});

test('marks lead to the settings that a run ended with', () => {
  const marks = [
    { step: 5, path: 'training.batchSize', before: 64, after: 32 },
    { step: 9, path: 'training.batchSize', before: 32, after: 16 },
  ];
  expect(settingsAfter(settings, marks).training.batchSize).toBe(16);
});

test('a new prediction brings its schedule along', () => {
  const { model } = withSetting(settings, 'model.objective', 'flow');
  expect(model.objective).toBe('flow');
  expect(model.schedule).not.toBe(settings.model.schedule);
});
