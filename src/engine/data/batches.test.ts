import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../training/random';
import { batchSource, drawDistinct } from './batches';
import type { Dataset } from './dataset';

/** Images of 2×2 whose four values are the image's number. */
function numbered(count: number): Dataset {
  return {
    images: Float32Array.from({ length: 4 * count }, (_, i) => Math.floor(i / 4)),
    labels: Uint8Array.from({ length: count }, (_, i) => i % 7),
    count,
    imageSize: 2,
    channels: 1,
    classNames: ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
  };
}

describe('batchSource', () => {
  it('gives whole images with their labels, none twice in a batch', () => {
    const source = batchSource(numbered(50));
    const random = new Random(1);
    for (let turn = 0; turn < 50; turn++) {
      const { images, labels } = source(random, 20);
      expect([images.length, labels.length]).toEqual([80, 20]);
      const drawn = [...labels].map((label, i) => {
        const image = images.subarray(4 * i, 4 * i + 4);
        const index = image[0] as number;
        expect([...image]).toEqual([index, index, index, index]);
        expect(label).toBe(index % 7);
        return index;
      });
      expect(new Set(drawn).size).toBe(20);
    }
  });

  it('gives every image about as often as any other', () => {
    const source = batchSource(numbered(10));
    const random = new Random(2);
    const counts = new Array<number>(10).fill(0);
    for (let turn = 0; turn < 4000; turn++) {
      const { images } = source(random, 3);
      for (let i = 0; i < 3; i++)
        counts[images[4 * i] as number] = (counts[images[4 * i] as number] ?? 0) + 1;
    }
    // 1,200 expected of each; 29 is the standard deviation.
    for (const count of counts) expect(Math.abs(count - 1200)).toBeLessThan(120);
  });

  it('draws the whole data set when the batch is as large', () => {
    const { images } = batchSource(numbered(9))(new Random(3), 9);
    const drawn = Array.from({ length: 9 }, (_, i) => images[4 * i]).sort();
    expect(drawn).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('goes on from a saved random state with the batches that would have come', () => {
    const random = new Random(4);
    batchSource(numbered(30))(random, 8);
    const resumed = new Random(random.state);
    const next = batchSource(numbered(30))(random, 8);
    expect(batchSource(numbered(30))(resumed, 8)).toEqual(next);
    expect(batchSource(numbered(30))(random, 8)).not.toEqual(next);
  });

  it('refuses a batch larger than the data', () => {
    expect(() => batchSource(numbered(5))(new Random(5), 6)).toThrow(
      '6 different images cannot be drawn from 5',
    );
  });
});

describe('drawDistinct', () => {
  it('draws different numbers within the bounds', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(40), fc.integer(), (a, b, seed) => {
        const [count, below] = a < b ? [a, b] : [b, a];
        const drawn = drawDistinct(new Random(seed), count, below);
        expect(new Set(drawn).size).toBe(count);
        for (const number of drawn)
          expect(number >= 0 && number < below && Number.isInteger(number)).toBe(true);
      }),
    );
  });

  it('draws each of the six pairs of four about as often', () => {
    const random = new Random(6);
    const counts = new Map<string, number>();
    for (let turn = 0; turn < 6000; turn++) {
      const pair = drawDistinct(random, 2, 4).sort().join();
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(130);
  });
});
