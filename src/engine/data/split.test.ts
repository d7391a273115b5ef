import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { loadDataset } from './datasets';
import { leastTrainingCount, splitOf } from './split';

const read = (fileName: string) => readFile(new URL(`../../../public/data/${fileName}`, import.meta.url));

const bytesOf = ({ buffer }: Float32Array) => Buffer.from(buffer);

describe('splitOf', () => {
  it.each(['digits', 'shapes', 'fashion-16', 'emoji', 'glyphs'] as const)(
    'holds out a tenth of %s, the same for ever',
    async (id) => {
      const dataset = await loadDataset(id, read);
      const { training, heldOut } = splitOf(dataset);
      expect(training.count + heldOut.count).toBe(dataset.count);
      expect(leastTrainingCount(dataset)).toBeLessThanOrEqual(training.count);
      expect(leastTrainingCount(dataset)).toBeGreaterThan(training.count - dataset.classNames.length);
      expect(heldOut.count / dataset.count).toBeCloseTo(0.1, 2);
      expect(splitOf(dataset)).toBe(splitOf({ ...dataset }));
      const again = splitOf(await loadDataset(id, read)).heldOut;
      expect(Buffer.compare(bytesOf(again.images), bytesOf(heldOut.images))).toBe(0);
    },
  );

  it('holds nothing out of a few pictures', () => {
    const few = {
      images: new Float32Array(99),
      labels: new Uint8Array(99),
      ...{ count: 99, imageSize: 1, channels: 1, classNames: ['a'] },
    };
    expect(splitOf(few).training).toBe(few);
    expect(splitOf(few).heldOut.count).toBe(0);
    expect(leastTrainingCount(few)).toBe(99);
  });
});
