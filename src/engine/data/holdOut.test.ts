import { describe, expect, it } from 'vitest';
import type { Dataset } from './dataset';
import { holdOut } from './holdOut';

/** 60 images of one pixel each, its value their number: 10 of class 0, 20 of class 1, 30 of class 2. */
const dataset: Dataset = {
  images: Float32Array.from({ length: 60 }, (_, i) => i),
  labels: Uint8Array.from({ length: 60 }, (_, i) => (i % 6 === 0 ? 0 : i % 6 < 3 ? 1 : 2)),
  count: 60,
  imageSize: 1,
  channels: 1,
  classNames: ['a', 'b', 'c'],
};

const countOf = ({ labels }: Dataset, label: number) => labels.filter((value) => value === label).length;

describe('holdOut', () => {
  it('gives every image to one part, with its label and in the order of the data', () => {
    const { training, heldOut } = holdOut(dataset, 0.2, 1);
    expect([training.count, heldOut.count]).toEqual([48, 12]);
    expect([...training.images, ...heldOut.images].sort((a, b) => a - b)).toEqual([...dataset.images]);
    for (const part of [training, heldOut]) {
      expect(part.images).toEqual(part.images.slice().sort());
      expect([...part.labels]).toEqual(Array.from(part.images, (index) => dataset.labels[index]));
      expect(part.labels.length).toBe(part.count);
    }
  });

  it('takes the same share of every class', () => {
    const { heldOut } = holdOut(dataset, 0.2, 1);
    expect([0, 1, 2].map((label) => countOf(heldOut, label))).toEqual([2, 4, 6]);
  });

  it('is decided by the seed', () => {
    const once = holdOut(dataset, 0.5, 7);
    expect(holdOut(dataset, 0.5, 7)).toEqual(once);
    expect(holdOut(dataset, 0.5, 8)).not.toEqual(once);
  });

  it('refuses a share that leaves nothing to learn from or to judge by', () => {
    for (const share of [0, 1, -0.1, 1.5, Number.NaN]) {
      expect(() => holdOut(dataset, share, 1)).toThrow('must be above 0 and below 1');
    }
    expect(() => holdOut(dataset, 0.001, 1)).toThrow('leaves one part empty');
    expect(() => holdOut(dataset, 0.999, 1)).toThrow('leaves one part empty');
  });
});
