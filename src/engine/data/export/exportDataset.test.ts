import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { Random } from '../../training/random';
import { type LabelledImages, trainable } from '../import/buildImages';
import { imported } from '../import/testing/files';
import { datasetAsNpz, datasetAsPngs } from './exportDataset';

const set = (channels: number, classNames: string[]): LabelledImages => ({
  levels: Uint8Array.from(new Random(channels).integers(6 * 64 * channels, 256)),
  labels: Uint8Array.from({ length: 6 }, (_, i) => i % classNames.length),
  count: 6,
  imageSize: 8,
  channels,
  classNames,
});
const reimported = async (name: string, bytes: Uint8Array) =>
  trainable((await imported({ [name]: bytes }, { shape: 'suitable' })).built);
/** Levels with their class names, in an order that does not depend on that of the files. */
const sorted = ({ levels, labels, classNames, count }: LabelledImages) => {
  const length = levels.length / count;
  return Array.from({ length: count }, (_, i) =>
    [classNames[labels[i] as number], ...levels.subarray(i * length, (i + 1) * length)].join(),
  ).sort();
};

describe.each([1, 3])('a data set of %d channels', (channels) => {
  it('comes back from its PNG files, to the bit and with its classes', async () => {
    const before = set(channels, ['cats', 'dogs']);
    const after = await reimported('set.zip', datasetAsPngs(before));
    expect(after).toMatchObject({ imageSize: 8, channels, classNames: ['cats', 'dogs'] });
    expect(sorted(after)).toEqual(sorted(before));
  });

  it('comes back from its arrays in its own order', async () => {
    const before = set(channels, ['cats', 'dogs', 'owls']);
    const after = await reimported('set.npz', datasetAsNpz(before));
    expect(after).toEqual({ ...before, classNames: ['0', '1', '2'] });
  });
});

it('a class whose name leads out of the folder lies in it all the same', () => {
  const names = Object.keys(unzipSync(datasetAsPngs(set(1, ['..', '../../cats', '/etc']))));
  expect(new Set(names.map((name) => name.split('/')[0]))).toEqual(new Set(['_', '_-..-cats', '-etc']));
  expect(names.every((name) => name.split('/').length === 2)).toBe(true);
});

it('class names that are no folder names stay apart, and images without classes lie in none', async () => {
  const odd = await reimported('a.zip', datasetAsPngs(set(1, ['a/b', 'a:b', '.hidden'])));
  expect(odd.classNames).toEqual(['_hidden', 'a-b', 'a-b 2']);
  expect(odd.count).toBe(6);
  expect((await reimported('b.zip', datasetAsPngs(set(1, ['all'])))).classNames).toEqual(['all']);
});
