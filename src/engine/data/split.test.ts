import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Dataset } from './dataset';
import { loadDataset } from './datasets';
import { leastHeldOutCount, leastTrainingCount, splitOf } from './split';

const read = (fileName: string) => readFile(new URL(`../../../public/data/${fileName}`, import.meta.url));

describe('splitOf', () => {
  // The first eight and the last three of what is held out, computed by another program: models that ship never saw them.
  it.each([
    ['digits', 179, [22, 43, 50, 63, 71, 72, 85, 87], [1771, 1781, 1796]],
    ['shapes', 408, [20, 31, 37, 56, 66, 73, 86, 94], [4071, 4072, 4092]],
    ['fashion-16', 2000, [5, 72, 86, 89, 106, 130, 136, 143], [19988, 19991, 19996]],
    ['emoji', 390, [19, 25, 34, 53, 69, 79, 89, 110], [3880, 3891, 3894]],
    ['emoji-32', 390, [19, 25, 34, 53, 69, 79, 89, 110], [3880, 3891, 3894]],
    ['glyphs', 1066, [13, 31, 61, 73, 84, 92, 100, 116], [10736, 10742, 10744]],
  ] as const)('holds out a tenth of %s, the same for ever', async (id, count, first, last) => {
    const dataset = await loadDataset(id, read);
    const { training, heldOut } = splitOf(dataset);
    expect(heldOut.count).toBe(count);
    expect(training.count + heldOut.count).toBe(dataset.count);
    const image = ({ images, imageSize, channels }: Dataset, index: number) => {
      const length = imageSize ** 2 * channels;
      return images.subarray(index * length, (index + 1) * length);
    };
    first.forEach((index, i) => {
      expect(image(heldOut, i)).toEqual(image(dataset, index));
      expect(heldOut.labels[i]).toBe(dataset.labels[index]);
    });
    last.forEach((index, i) => {
      expect(image(heldOut, count - 3 + i)).toEqual(image(dataset, index));
    });
    expect(leastTrainingCount(dataset)).toBeLessThanOrEqual(training.count);
    expect(leastTrainingCount(dataset)).toBeGreaterThan(training.count - dataset.classNames.length);
    expect(leastHeldOutCount(dataset)).toBeLessThanOrEqual(count);
    expect(leastHeldOutCount(dataset)).toBeGreaterThan(count - dataset.classNames.length);
    expect(splitOf(dataset)).toBe(splitOf({ ...dataset }));
  });

  it('holds nothing out of fewer than 100 images, and 10 of 100', () => {
    const dots = (count: number) => ({
      images: new Float32Array(count),
      labels: new Uint8Array(count),
      ...{ count, imageSize: 1, channels: 1, classNames: ['a'] },
    });
    expect(splitOf(dots(100))).toMatchObject({ training: { count: 90 }, heldOut: { count: 10 } });
    const few = dots(99);
    expect(splitOf(few).training).toBe(few);
    expect(splitOf(few).heldOut.count).toBe(0);
    expect([leastTrainingCount(few), leastHeldOutCount(few)]).toEqual([99, 0]);
  });
});
