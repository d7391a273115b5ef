import { describe, expect, it } from 'vitest';
import { datasets, type ShippedDatasetId } from '../engine/data/datasets';
import { memoryEstimate, memoryLimit } from '../engine/unet/size';
import { defaultSettings } from './defaultSettings';
import type { Settings } from './settings';
import { settingsProblems } from './settingsProblems';

const context = (trainingCount: number) => ({ nSteps: 1000, classes: 10, trainingCount, heldOutCount: 100 });
const limits = { context: context(1797), backend: 'wasm' } as const;
const digits = defaultSettings('digits');
const withModel = (model: Partial<Settings['model']>): Settings => ({
  ...digits,
  model: { ...digits.model, ...model },
});
const withTraining = (training: Partial<Settings['training']>): Settings => ({
  ...digits,
  training: { ...digits.training, ...training },
});

describe('settingsProblems', () => {
  it.each(Object.keys(datasets) as ShippedDatasetId[])('finds none in the defaults of %s', (id) => {
    for (const backend of ['webgpu', 'wasm', 'webgl', 'cpu'] as const) {
      expect(settingsProblems(defaultSettings(id), { context: context(5000), backend })).toEqual({});
    }
  });

  it.each([
    ['training.learningRate', withTraining({ learningRate: 0 }), 'a number above 0 and at most 1, not 0'],
    ['training.learningRate', withTraining({ learningRate: Number.NaN }), 'above 0 and at most 1, not NaN'],
    ['training.learningRate', withTraining({ learningRate: 1.5 }), 'at most 1, not 1.5'],
    [
      'training.batchSize',
      withTraining({ batchSize: 5000 }),
      'from 1 to 1,797 (the number of training images), not 5,000',
    ],
    [
      'training.batchSize',
      withTraining({ batchSize: 0 }),
      'from 1 to 1,797 (the number of training images), not 0',
    ],
    ['training.snrGamma', withTraining({ lossWeight: 'minSnr', snrGamma: -1 }), 'above 0'],
    ['training.emaDecay', withTraining({ emaDecay: 1 }), 'at least 0 and below 1, not 1'],
    ['training.steps', withTraining({ steps: 0.5 }), 'a whole number from 1 to 1,000,000,000, not 0.5'],
    [
      'training.preview.count',
      withTraining({ preview: { ...digits.training.preview, count: 65 } }),
      'from 1 to 64',
    ],
    ['model.nSteps', withModel({ nSteps: 1 }), 'from 2 to 10,000, not 1'],
    ['model.nChannels', withModel({ nChannels: 44 }), '44 channels cannot be split into 8 groups'],
    [
      'model.chMults',
      withModel({ chMults: [1, 1, 1, 1, 1], isAttn: [false, false, false, false, false] }),
      'at most 4 levels',
    ],
    ['model.dropout', withModel({ dropout: 1 }), 'from 0 to 0.9'],
    ['seed', { ...digits, seed: -1 }, 'from 0 to 4,294,967,295'],
  ] as const)('says at %s what the limit is', (field, settings, text) => {
    const problems = settingsProblems(settings, limits);
    expect(Object.keys(problems)).toEqual([field]);
    expect(problems[field]).toContain(text);
  });

  it('gives a reason only for a limit that is narrower than that of the setting', () => {
    const many = { ...limits, context: context(2_000_000) };
    expect(settingsProblems(withTraining({ batchSize: 0 }), many)['training.batchSize']).toBe(
      'Batch size must be a whole number from 1 to 1,000,000, not 0.',
    );
  });

  it('refuses exactly what its estimate puts above the memory of the backend', () => {
    const limit = memoryLimit('wasm');
    let refused = 0;
    for (let nChannels = 32; nChannels <= 1024; nChannels *= 2) {
      const settings = withModel({ nChannels });
      const { total } = memoryEstimate(settings.model, settings.training.batchSize);
      const { memory } = settingsProblems(settings, limits);
      expect(memory !== undefined).toBe(total > limit);
      if (memory) refused++;
    }
    expect(refused).toBeGreaterThan(0);
    const huge = withModel({ nChannels: 1024, chMults: [2, 2], isAttn: [true, true] });
    expect(settingsProblems(huge, limits).memory).toMatch(/takes about .+ GB, and there are .+ GB/);
    expect(settingsProblems(huge, { ...limits, backend: null })).toEqual({});
  });
});
