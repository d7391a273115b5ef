import { describe, expect, it } from 'vitest';
import { memoryEstimate, memoryLimit } from '../engine/unet/size';
import { defaultSettings } from './defaultSettings';
import type { Settings } from './settings';
import { settingsProblems } from './settingsProblems';

const limits = { count: 1797, backend: 'wasm' } as const;
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
  it.each(['digits', 'fashion-16', 'fashion-28', 'shapes', 'emoji', 'glyphs'] as const)(
    'finds none in the defaults of %s',
    (id) => {
      for (const backend of ['webgpu', 'wasm', 'webgl', 'cpu'] as const) {
        expect(settingsProblems(defaultSettings(id), { count: 5000, backend })).toEqual({});
      }
    },
  );

  it.each([
    ['learningRate', withTraining({ learningRate: 0 }), 'above 0 and at most 1, not 0'],
    ['learningRate', withTraining({ learningRate: Number.NaN }), 'above 0 and at most 1, not NaN'],
    ['learningRate', withTraining({ learningRate: 1.5 }), 'at most 1, not 1.5'],
    ['batchSize', withTraining({ batchSize: 5000 }), 'at most 1,797 pictures'],
    ['batchSize', withTraining({ batchSize: 0 }), 'at least 1, not 0'],
    ['emaDecay', withTraining({ emaDecay: 1 }), 'below 1, not 1'],
    ['steps', withTraining({ steps: 0.5 }), 'at least 1, not 0.5'],
    ['preview.count', withTraining({ preview: { ...digits.training.preview, count: 65 } }), 'from 1 to 64'],
    ['nSteps', withModel({ nSteps: 1 }), 'from 2 to 10,000, not 1'],
    ['nChannels', withModel({ nChannels: 48 }), '48 channels cannot be split into 32 groups'],
    [
      'chMults',
      withModel({ chMults: [1, 1, 1, 1, 1], isAttn: [false, false, false, false, false] }),
      'at most 4 levels',
    ],
    ['dropout', withModel({ dropout: 1 }), 'from 0 to 0.9'],
    ['seed', { ...digits, seed: -1 }, 'from 0 to 4,294,967,295'],
  ] as const)('says at %s what the limit is', (field, settings, text) => {
    const problems = settingsProblems(settings, limits);
    expect(Object.keys(problems)).toEqual([field]);
    expect(problems[field]).toContain(text);
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
