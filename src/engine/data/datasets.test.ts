import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Dataset } from './dataset';
import { datasets, isDatasetId, loadDataset, type ShippedDatasetId } from './datasets';

const read = (fileName: string) => readFile(new URL(`../../../public/data/${fileName}`, import.meta.url));

/** Levels of some rows of an image, found back from its values. */
function levelsOfRows(
  { images, imageSize }: Dataset,
  image: number,
  white: number,
  from: number,
  to: number,
) {
  const start = image * imageSize * imageSize;
  const rows = images.subarray(start + from * imageSize, start + to * imageSize);
  return Array.from(rows, (value) => ((value + 1) * white) / 2);
}

function expectLevels(found: number[], expected: number[]) {
  expect(found.length).toBe(expected.length);
  expected.forEach((level, i) => {
    expect(found[i]).toBeCloseTo(level, 3);
  });
}

const classCounts: Record<ShippedDatasetId, number[]> = {
  digits: [178, 182, 177, 183, 181, 182, 181, 179, 174, 180],
  'mnist-16': new Array(10).fill(2000),
  'mnist-28': new Array(10).fill(1750),
  'fashion-16': new Array(10).fill(2000),
  'fashion-28': new Array(10).fill(1000),
  shapes: new Array(8).fill(512),
  emoji: new Array(13).fill(300),
  'emoji-32': new Array(13).fill(300),
  glyphs: new Array(26).fill(414),
};

describe.each(Object.keys(datasets) as ShippedDatasetId[])('%s', (id) => {
  it('loads what its card says, within [−1, 1] and using it', async () => {
    const { count, imageSize, channels, classNames } = datasets[id];
    const dataset = await loadDataset(id, read);
    expect(dataset).toMatchObject({ count, imageSize, channels, classNames });
    expect(dataset.images.length).toBe(count * imageSize * imageSize * channels);
    expect(dataset.labels.length).toBe(count);
    const counts = new Array(classNames.length).fill(0);
    for (const label of dataset.labels) counts[label]++;
    expect(counts).toEqual(classCounts[id]);
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const value of dataset.images) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    // The sky of the shapes is not quite black, nor is a colour of theirs quite white.
    const [darkest, brightest] = id === 'shapes' ? [-0.8, 0.9] : [-1, 1];
    expect(least >= -1 && least <= darkest).toBe(true);
    expect(most <= 1 && most >= brightest).toBe(true);
    expect(new Set(classNames).size).toBe(classNames.length);
  });
});

describe('known images', () => {
  it('digits: the first is a 0, the last an 8', async () => {
    const dataset = await loadDataset('digits', read);
    expect([dataset.labels[0], dataset.labels[1796]]).toEqual([0, 8]);
    const first = [0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0, 0, 3, 15, 2, 0, 11, 8, 0];
    expectLevels(levelsOfRows(dataset, 0, 16, 0, 3), first);
    const last = [0, 8, 16, 10, 8, 16, 8, 0, 0, 1, 8, 12, 14, 12, 1, 0];
    expectLevels(levelsOfRows(dataset, 1796, 16, 6, 8), last);
  });

  it('mnist-28: the first is the 5 that opens the training set, the last its 1,750th 5', async () => {
    const dataset = await loadDataset('mnist-28', read);
    expect([...dataset.labels.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    const ink = [3, 18, 18, 18, 126, 136, 175, 26, 166, 255, 247, 127];
    expectLevels(levelsOfRows(dataset, 0, 255, 5, 6), [...Array(12).fill(0), ...ink, 0, 0, 0, 0]);
    expect(dataset.labels[17_499]).toBe(5);
    const last = [221, 251, 253, 231, 94, 94, 94, 95, 94, 173, 251, 251, 253, 62];
    expectLevels(levelsOfRows(dataset, 17_499, 255, 14, 15), [
      ...Array(8).fill(0),
      ...last,
      ...Array(6).fill(0),
    ]);
  });

  it('mnist-16: rows 4 and 5 of the first 5 became row 3, by the mean of every 2×2', async () => {
    const dataset = await loadDataset('mnist-16', read);
    expect([...dataset.labels.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    const row3 = [0, 0, 0, 0, 0, 0, 0, 5, 9, 66, 50, 105, 94, 0, 0, 0];
    expectLevels(levelsOfRows(dataset, 0, 255, 3, 4), row3);
    const last = [0, 0, 0, 0, 0, 24, 248, 98, 0, 0, 0, 0, 0, 0, 0, 0];
    expectLevels(levelsOfRows(dataset, 19_999, 255, 7, 8), last);
  });

  it('fashion-28: the first is an ankle boot', async () => {
    const dataset = await loadDataset('fashion-28', read);
    expect([...dataset.labels.subarray(0, 8)]).toEqual([9, 0, 0, 3, 0, 2, 7, 2]);
    const row4 = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 36, 136, 127, 62, 54, 0, 0, 0, 1, 3, 4, 0, 0, 3];
    expectLevels(levelsOfRows(dataset, 0, 255, 4, 5), row4);
  });

  it('fashion-16: rows 4 and 5 of the ankle boot became row 3, by the mean of every 2×2', async () => {
    const dataset = await loadDataset('fashion-16', read);
    expect([...dataset.labels.subarray(0, 8)]).toEqual([9, 0, 0, 3, 0, 2, 7, 2]);
    const row3 = [0, 0, 0, 0, 0, 0, 0, 2, 120, 125, 80, 6, 1, 4, 3, 0];
    expectLevels(levelsOfRows(dataset, 0, 255, 3, 4), row3);
  });

  it('emoji: the classes come in turn; the first is a face, its eyes and mouth symmetric about the middle', async () => {
    const dataset = await loadDataset('emoji', read);
    expect([...dataset.labels.subarray(0, 14)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0]);
    const row8 = dataset.images.subarray(8 * 48, 9 * 48);
    const levels = Array.from(row8.subarray(0, 24), (value) => ((value + 1) * 255) / 2);
    const left = [249, 202, 115, 248, 196, 44, 250, 207, 45, 213, 180, 40];
    expectLevels(levels, [...left, 245, 216, 47, 253, 224, 48, 253, 224, 48, 253, 224, 48]);
  });

  it('emoji-32: the emoji, of which each pixel is about the mean of 2×2', async () => {
    const [large, small] = await Promise.all([loadDataset('emoji-32', read), loadDataset('emoji', read)]);
    expect(large.labels).toEqual(small.labels);
    // Small differences come from the samples of each pixel; at the borders of a drawing they reach 22 levels of 255.
    let [furthest, sum] = [0, 0];
    for (let i = 0; i < small.images.length; i++) {
      const [pixel, channel] = [Math.floor(i / 3), i % 3];
      const [row, column] = [Math.floor(pixel / 16), pixel % 16];
      const mean = [0, 1, 32, 33].reduce(
        (total, step) => total + (large.images[(64 * row + 2 * column + step) * 3 + channel] as number) / 4,
        0,
      );
      const difference = Math.abs(mean - (small.images[i] as number));
      furthest = Math.max(furthest, difference);
      sum += difference;
    }
    expect(furthest).toBeLessThan(0.25);
    expect(sum / small.images.length).toBeLessThan(0.006);
  });

  it('glyphs: the alphabet font by font; row 8 of the first A is its two legs', async () => {
    const dataset = await loadDataset('glyphs', read);
    expect([...dataset.labels.subarray(0, 28)]).toEqual([...Array(26).keys(), 0, 1]);
    expectLevels(levelsOfRows(dataset, 0, 255, 8, 9), [0, 0, 0, 0, 0, 50, 222, 0, 0, 221, 48, 0, 0, 0, 0, 0]);
  });
});

it('knows its ids, and nothing that every object has', () => {
  expect(Object.keys(datasets).every(isDatasetId)).toBe(true);
  expect(['', 'mnist', 'toString', '__proto__'].some(isDatasetId)).toBe(false);
});
