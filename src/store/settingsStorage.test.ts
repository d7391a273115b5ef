import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noAugmentation } from '../engine/data/augmentation';
import { fuzzRuns } from '../engine/fuzz';
import { defaultSettings } from '../settings/defaultSettings';
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
    const value = {
      dataset: 'fashion-16',
      kept: { digits: changed },
      samplingShare: 0.35,
      choices: { bound: { seed: 2 } },
    } as const;
    writeSettings(storage, value);
    expect(readSettings(storage)).toEqual(value);
  });

  it('keep what is wrong but said at its control', () => {
    const storage = storageWith();
    const wrong = { ...changed, model: { ...changed.model, nChannels: 33 } };
    writeSettings(storage, { dataset: 'digits', kept: { digits: wrong }, samplingShare: 0.1 });
    expect(readSettings(storage)?.kept.digits).toEqual(wrong);
  });

  it.each([null, '', '{', '7', '{"version":0,"dataset":"digits","kept":{}}'])(
    'are none where storage holds %j',
    (text) => {
      expect(readSettings(storageWith(text))).toBeNull();
    },
  );

  it.each<[string, object, object]>([
    ['T = 1', { model: { ...changed.model, nSteps: 1 } }, { model: { nSteps: 1000 } }],
    [
      'an unknown schedule',
      { model: { ...changed.model, schedule: 'toString' } },
      { model: { nSteps: 300, schedule: 'linear' } },
    ],
    [
      'attention for other levels',
      { model: { ...changed.model, isAttn: [true] } },
      { model: { nSteps: 300, chMults: [1, 2], isAttn: [false, true] } },
    ],
    [
      'no learning rate',
      { training: { ...changed.training, learningRate: null } },
      { training: { learningRate: 2e-3 } },
    ],
    ['a learning rate of 1e300', { training: { learningRate: 1e300 } }, { training: { learningRate: 2e-3 } }],
    ['a batch size of 1.5', { training: { batchSize: 1.5 } }, { training: { batchSize: 64 } }],
  ])('with %s: it is at its default, and all else comes back', (_, broken, sound) => {
    const storage = storageWith(
      JSON.stringify({
        version: 1,
        dataset: 'digits',
        kept: { digits: { ...changed, ...broken, seed: 9 }, shapes: defaultSettings('shapes') },
      }),
    );
    const read = readSettings(storage);
    expect(read?.kept.digits).toMatchObject({ seed: 9, ...sound });
    expect(read?.kept.shapes).toEqual(defaultSettings('shapes'));
  });

  it('are none for a data set whose entry is nothing of the kind', () => {
    const kept = { digits: 'x', shapes: defaultSettings('shapes') };
    const storage = storageWith(JSON.stringify({ version: 1, dataset: 'digits', kept }));
    expect(readSettings(storage)?.kept).toEqual({ shapes: defaultSettings('shapes') });
  });

  it.each([
    ['a data set that is not known', '{"version":1,"dataset":"mnist","kept":{}}'],
    ['a share of 1', '{"version":1,"dataset":"digits","kept":{},"samplingShare":1}'],
  ])('begin as the page does where storage holds %s', (_, text) => {
    expect(readSettings(storageWith(text))).toMatchObject({ dataset: 'digits', samplingShare: 0.1 });
  });

  it('have the image size of their data set, whatever was stored', () => {
    const storage = storageWith();
    writeSettings(storage, {
      dataset: 'digits',
      kept: { shapes: { ...changed, model: { ...changed.model, imageSize: 8, imageChannels: 1 } } },
      samplingShare: 0.1,
      choices: {},
    });
    expect(readSettings(storage)?.kept.shapes?.model).toMatchObject({ imageSize: 16, imageChannels: 3 });
  });

  it('of the user’s own data sets come back while those are known; else the first data set is chosen', () => {
    const own = {
      id: 'own:1',
      title: 'Suns',
      count: 20,
      imageSize: 12,
      channels: 3,
      classNames: ['all'],
      augmentation: noAugmentation,
    } as const;
    const facts = { ...own, classNames: [...own.classNames] };
    const storage = storageWith();
    writeSettings(storage, { dataset: 'own:1', kept: { 'own:1': changed }, samplingShare: 0.1 });
    const known = { ownDatasets: { facts: { 'own:1': facts }, listed: ['own:1'] as const } };
    const read = readSettings(storage, known);
    expect(read?.dataset).toBe('own:1');
    expect(read?.kept['own:1']?.model).toEqual({ ...changed.model, imageSize: 12, imageChannels: 3 });
    expect(readSettings(storage)).toEqual({ dataset: 'digits', kept: {}, samplingShare: 0.1, choices: {} });
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

it('whatever is stored: sound settings or none, and no prototype that others share', {
  timeout: 300_000,
}, () => {
  const json = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom(1e308, -1, 2 ** 53, 'toString', '__proto__', 'drawn:', null),
  );
  const sound = { version: 1, dataset: 'digits', kept: { digits: changed }, samplingShare: 0.1 };
  /** Every place in it, as the keys that lead there. */
  const paths: string[][] = [];
  const visit = (value: unknown, path: string[]) => {
    paths.push(path);
    if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key]);
  };
  visit(sound, []);
  const harm = fc.record({
    path: fc.constantFrom(...paths),
    key: fc.oneof(fc.constant(null), fc.constantFrom('__proto__', 'constructor', 'toString', 'x')),
    value: json,
    cut: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat(500)),
  });
  let kept = 0;
  fc.assert(
    fc.property(harm, ({ path, key, value, cut }) => {
      const root = { all: structuredClone(sound) as unknown };
      let place = root as Record<string, unknown>;
      for (const step of path.length > 0 ? ['all', ...path.slice(0, -1)] : [])
        place = place[step] as Record<string, unknown>;
      const last = path.at(-1) ?? 'all';
      const target = place[last];
      if (key === null || typeof target !== 'object' || target === null) place[last] = value;
      else Object.defineProperty(target, key, { value, enumerable: true, configurable: true });
      const text = JSON.stringify(root.all);
      const storage = storageWith(text.slice(0, text.length - cut));
      const read = readSettings(storage);
      expect(storage.text).toBe(text.slice(0, text.length - cut));
      expect(Object.keys(Object.prototype)).toEqual([]);
      for (const one of Object.values(read?.kept ?? {}).filter((entry) => entry !== undefined)) {
        kept++;
        // What is read can be written, and is then the same.
        const again = storageWith();
        writeSettings(again, read as NonNullable<typeof read>);
        expect(readSettings(again)).toEqual(read);
        expect(Object.getPrototypeOf(one.model)).toBe(Object.prototype);
        expect(one.model.chMults.length).toBe(one.model.isAttn.length);
        expect(one.model.nSteps).toBeGreaterThanOrEqual(2);
        expect(one.model).not.toHaveProperty('x');
      }
    }),
    { numRuns: fuzzRuns },
  );
  expect(kept).toBeGreaterThan(fuzzRuns / 20);
});
