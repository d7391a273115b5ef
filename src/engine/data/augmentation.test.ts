import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../training/random';
import { type Augmentation, augmentedSource, noAugmentation } from './augmentation';
import { batchSource } from './batches';
import type { Dataset } from './dataset';

/** One RGB image of 4×4 whose values tell their place. */
const one: Dataset = {
  images: Float32Array.from({ length: 48 }, (_, i) => i),
  labels: Uint8Array.of(0),
  count: 1,
  imageSize: 4,
  channels: 3,
  classNames: ['all'],
};
const draws = (augmentation: Augmentation, seed: number, times: number) => {
  const source = batchSource(one, augmentation);
  const random = new Random(seed);
  return Array.from({ length: times }, () => [...source(random, 1).images]);
};
const redAt = (image: number[], x: number, y: number) => image[(4 * y + x) * 3];

describe('augmentation', () => {
  it('that changes nothing draws nothing: batches are those of before there was any', () => {
    const source = batchSource(one);
    expect(augmentedSource(source, one, noAugmentation)).toBe(source);
  });

  it('flips about half of the images, whole pixels at a time', () => {
    const images = draws({ ...noAugmentation, flipAcross: true }, 1, 400);
    const flipped = images.filter((image) => redAt(image, 0, 0) === redAt([...one.images], 3, 0));
    expect(Math.abs(flipped.length - 200)).toBeLessThan(60);
    for (const image of flipped) {
      expect(image.slice(0, 3)).toEqual([9, 10, 11]);
      expect(image.toReversed().filter((_, i) => i % 3 === 2)).toHaveLength(16);
      expect(redAt(image, 0, 3)).toBe(redAt([...one.images], 3, 3));
    }
    for (const image of images) if (!flipped.includes(image)) expect(image).toEqual([...one.images]);
  });

  it('shifts by every whole number up to k as often, and the edge fills what comes into sight', () => {
    const shifts = new Map<string, number>();
    for (const image of draws({ ...noAugmentation, shift: 1 }, 2, 900)) {
      // The pixel in the middle of the image tells how far it came.
      const from = (redAt(image, 1, 1) as number) / 3;
      const [dx, dy] = [1 - (from % 4), 1 - Math.floor(from / 4)];
      shifts.set(`${dx} ${dy}`, (shifts.get(`${dx} ${dy}`) ?? 0) + 1);
      for (let y = 0; y < 4; y++)
        for (let x = 0; x < 4; x++) {
          const within = (place: number) => Math.max(0, Math.min(3, place));
          expect(redAt(image, x, y)).toBe(3 * (4 * within(y - dy) + within(x - dx)));
        }
    }
    expect(shifts.size).toBe(9);
    for (const count of shifts.values()) expect(Math.abs(count - 100)).toBeLessThan(45);
  });

  it('is decided by the random state alone: what goes on from it draws the same', () => {
    fc.assert(
      fc.property(
        fc.record({
          flipAcross: fc.boolean(),
          flipDown: fc.boolean(),
          shift: fc.integer({ min: 0, max: 3 }),
        }),
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        (augmentation, seed) => {
          const source = batchSource(one, augmentation);
          const random = new Random(seed);
          source(random, 1);
          const resumed = new Random(random.state);
          expect(source(resumed, 1)).toEqual(source(random, 1));
          expect(resumed.state).toEqual(random.state);
        },
      ),
    );
  });
});
