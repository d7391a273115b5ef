import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../training/random';
import { nearest, quantile, squaredRadii } from './nearest';
import { precisionRecall } from './precisionRecall';

const numbers = (seed: number, count: number) => new Random(seed).normal(count);
const distance = (a: Float32Array, b: Float32Array) =>
  Math.sqrt(a.reduce((sum, value, i) => sum + (value - (b[i] as number)) ** 2, 0) / a.length);
const rows = (values: Float32Array, length: number) =>
  Array.from({ length: values.length / length }, (_, i) => values.subarray(i * length, (i + 1) * length));

describe('nearest', () => {
  it('is what trying all of them gives, though distances end early', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.integer({ min: 1, max: 100 }), (seed, length) => {
        const [queries, references] = [numbers(seed, 7 * length), numbers(seed + 1, 23 * length)];
        const { indices, distances } = nearest(queries, references, length);
        rows(queries, length).forEach((query, i) => {
          const all = rows(references, length).map((reference) => distance(query, reference));
          expect(indices[i]).toBe(all.indexOf(Math.min(...all)));
          expect(distances[i]).toBeCloseTo(Math.min(...all), 6);
        });
      }),
    );
  });

  it('finds an image that is there, at distance 0; black is 2 from white', () => {
    const references = numbers(3, 50 * 64);
    const { indices, distances } = nearest(references.slice(17 * 64, 18 * 64), references, 64);
    expect([indices[0], distances[0]]).toEqual([17, 0]);
    expect(nearest(new Float32Array(9).fill(1), new Float32Array(9).fill(-1), 9).distances[0]).toBe(2);
  });
});

describe('squaredRadii', () => {
  it('reach the k-th of the others', () => {
    const line = Float32Array.of(0, 1, 3, 7);
    expect([...squaredRadii(line, 1, 1)]).toEqual([1, 1, 4, 16]);
    expect([...squaredRadii(line, 1, 2)]).toEqual([9, 4, 9, 36]);
    expect(() => squaredRadii(line, 1, 4)).toThrow('needs more than 4');
  });
});

describe('precisionRecall', () => {
  it('is 1 and 1 of a set with itself, 0 and 0 of sets far apart', () => {
    const set = numbers(1, 40 * 5);
    expect(precisionRecall(set, set.slice(), 5, 3)).toEqual({ precision: 1, recall: 1 });
    const far = set.map((value) => value + 1000);
    expect(precisionRecall(set, far, 5, 3)).toEqual({ precision: 0, recall: 0 });
  });

  it('tells a lack of variety from a lack of quality', () => {
    const around = (centre: number, seed: number, count: number) =>
      numbers(seed, count).map((value) => centre + value);
    const real = Float32Array.of(...around(0, 1, 100), ...around(100, 2, 100));
    const half = precisionRecall(real, around(0, 3, 200), 1, 3);
    expect(half.precision).toBeGreaterThan(0.95);
    expect(half.recall).toBeGreaterThan(0.4);
    expect(half.recall).toBeLessThan(0.55);
    const spoilt = precisionRecall(
      real,
      Float32Array.of(...real.map((value) => value + 0.001), ...around(1e6, 4, 200)),
      1,
      3,
    );
    expect(spoilt.precision).toBeCloseTo(0.5, 5);
    expect(spoilt.recall).toBe(1);
  });
});

describe('quantile', () => {
  it('lies between the values, whatever their order', () => {
    expect(quantile(Float64Array.of(3, 1, 2), 0)).toBe(1);
    expect(quantile(Float64Array.of(3, 1, 2), 0.25)).toBe(1.5);
    expect(quantile(Float64Array.of(3, 1, 2), 1)).toBe(3);
    expect(() => quantile(new Float64Array(), 0.5)).toThrow('no quantile');
  });
});
