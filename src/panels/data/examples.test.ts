import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classCounts, gatherImages, indicesOfClasses, shuffled } from './examples';

const labelsOf = fc.uint8Array({ minLength: 1, maxLength: 200, max: 5 });

describe('class filter', () => {
  it('finds of every class as many as it counts', () => {
    fc.assert(
      fc.property(labelsOf, (labels) => {
        const counts = classCounts(labels, 6);
        expect(counts.reduce((sum, count) => sum + count)).toBe(labels.length);
        counts.forEach((count, label) => {
          const indices = indicesOfClasses(labels, [label]);
          expect(indices.length).toBe(count);
          for (const index of indices) expect(labels[index]).toBe(label);
        });
      }),
    );
  });

  it('shows everything when empty, and several classes in the order of the data', () => {
    const labels = Uint8Array.of(2, 0, 1, 0, 2);
    expect([...indicesOfClasses(labels, [])]).toEqual([0, 1, 2, 3, 4]);
    expect([...indicesOfClasses(labels, [0, 2])]).toEqual([0, 1, 3, 4]);
  });
});

describe('shuffled', () => {
  it('keeps every index once, and the seed decides the order', () => {
    const indices = Uint32Array.from({ length: 100 }, (_, i) => 3 * i);
    const once = shuffled(indices, 7);
    expect([...once].sort((a, b) => a - b)).toEqual([...indices]);
    expect([...once]).not.toEqual([...indices]);
    expect(shuffled(indices, 7)).toEqual(once);
    expect(shuffled(indices, 8)).not.toEqual(once);
  });

  it('puts each of three first about as often', () => {
    const first = [0, 0, 0];
    for (let seed = 0; seed < 3000; seed++) {
      const index = shuffled(Uint32Array.of(0, 1, 2), seed)[0] as number;
      first[index] = (first[index] as number) + 1;
    }
    for (const count of first) expect(Math.abs(count - 1000)).toBeLessThan(100);
  });
});

it('gatherImages copies whole images in the order asked for', () => {
  const images = Float32Array.from({ length: 12 }, (_, i) => i);
  expect([...gatherImages(images, Uint32Array.of(3, 0, 3), 3)]).toEqual([9, 10, 11, 0, 1, 2, 9, 10, 11]);
});
