import { describe, expect, it } from 'vitest';
import { defaultSettings } from './defaultSettings';
import { readSettings, type SettingsStorage, writeSettings } from './settingsStorage';

function storageWith(text: string | null = null): SettingsStorage & { text: string | null } {
  return {
    text,
    getItem() {
      return this.text;
    },
    setItem(_, value) {
      this.text = value;
    },
  };
}

const changed = defaultSettings('digits');
changed.model.nSteps = 300;
changed.training.learningRate = 5e-4;

describe('settings in storage', () => {
  it('come back as they were', () => {
    const storage = storageWith();
    const value = { dataset: 'fashion-16', kept: { digits: changed }, samplingShare: 0.35 } as const;
    writeSettings(storage, value);
    expect(readSettings(storage)).toEqual(value);
  });

  it('keep what is wrong but said at its control', () => {
    const storage = storageWith();
    const wrong = { ...changed, model: { ...changed.model, nChannels: 33 } };
    writeSettings(storage, { dataset: 'digits', kept: { digits: wrong }, samplingShare: 0.1 });
    expect(readSettings(storage)?.kept.digits).toEqual(wrong);
  });

  it.each([
    null,
    '',
    '{',
    '7',
    '{"version":0,"dataset":"digits","kept":{}}',
    '{"version":1,"dataset":"mnist","kept":{}}',
    '{"version":1,"dataset":"digits","kept":{},"samplingShare":1}',
  ])('are none where storage holds %j', (text) => {
    expect(readSettings(storageWith(text))).toBeNull();
  });

  it.each([
    ['T = 1', { ...changed, model: { ...changed.model, nSteps: 1 } }],
    ['an unknown schedule', { ...changed, model: { ...changed.model, schedule: 'toString' } }],
    ['attention for other levels', { ...changed, model: { ...changed.model, isAttn: [true] } }],
    ['no learning rate', { ...changed, training: { ...changed.training, learningRate: null } }],
    ['nothing at all', 'x'],
  ])('leave out a data set with %s, and keep the others', (_, broken) => {
    const storage = storageWith(
      JSON.stringify({
        version: 1,
        dataset: 'digits',
        kept: { digits: broken, shapes: defaultSettings('shapes') },
      }),
    );
    expect(readSettings(storage)).toEqual({
      dataset: 'digits',
      kept: { shapes: defaultSettings('shapes') },
      samplingShare: 0.1,
    });
  });

  it('have the picture size of their data set, whatever was stored', () => {
    const storage = storageWith();
    writeSettings(storage, {
      dataset: 'digits',
      kept: { shapes: { ...changed, model: { ...changed.model, imageSize: 8, imageChannels: 1 } } },
      samplingShare: 0.1,
    });
    expect(readSettings(storage)?.kept.shapes?.model).toMatchObject({ imageSize: 16, imageChannels: 3 });
  });

  it('do without a storage that throws', () => {
    const forbidden: SettingsStorage = {
      getItem() {
        throw new Error('forbidden');
      },
      setItem() {
        throw new Error('full');
      },
    };
    expect(readSettings(forbidden)).toBeNull();
    expect(() => writeSettings(forbidden, { dataset: 'digits', kept: {}, samplingShare: 0.1 })).not.toThrow();
  });
});
