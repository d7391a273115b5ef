import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../training/random';
import { frechetDistance, type Moments, momentsOf } from './frechet';
import { precisionRecall } from './precisionRecall';
import { product, symmetricEigen, symmetricRoot, transposed } from './symmetric';

/** A positive semi-definite n×n matrix of the given rank. */
function covarianceOf(seed: number, n: number, rank = n): Float64Array {
  const factor = Float64Array.from(new Random(seed).normal(n * n), (value, i) => (i % n < rank ? value : 0));
  return product(factor, transposed(factor, n), n);
}

const seeds = fc.integer({ min: 0, max: 1e6 });
const sizes = fc.integer({ min: 1, max: 12 });
const diagonal = (values: number[]) =>
  Float64Array.from({ length: values.length ** 2 }, (_, i) =>
    i % (values.length + 1) === 0 ? (values[i / (values.length + 1)] as number) : 0,
  );
const largest = (values: Float64Array) => Math.max(...values.map(Math.abs));
const close = (a: Float64Array, b: Float64Array, tolerance: number) =>
  expect(largest(a.map((value, i) => value - (b[i] as number)))).toBeLessThanOrEqual(tolerance);

describe('symmetricEigen', () => {
  it('gives back the matrix from orthonormal vectors and descending values', () => {
    fc.assert(
      fc.property(seeds, sizes, sizes, (seed, n, rank) => {
        const a = covarianceOf(seed, n, Math.min(rank, n));
        const { values, vectors } = symmetricEigen(a, n);
        const scaled = vectors.map((value, i) => value * (values[i % n] as number));
        close(product(scaled, transposed(vectors, n), n), a, 1e-12 * (1 + largest(a)));
        close(product(transposed(vectors, n), vectors, n), diagonal(new Array(n).fill(1)), 1e-12);
        expect([...values]).toEqual([...values].sort((x, y) => y - x));
      }),
    );
  });

  it('finds known values, negative ones too', () => {
    const { values } = symmetricEigen(Float64Array.of(2, 3, 0, 3, 2, 0, 0, 0, 4), 3);
    close(values, Float64Array.of(5, 4, -1), 1e-14);
  });

  it('takes a root whose square is the matrix', () => {
    fc.assert(
      fc.property(seeds, sizes, (seed, n) => {
        const a = covarianceOf(seed, n);
        const root = symmetricRoot(a, n);
        close(product(root, root, n), a, 1e-11 * (1 + largest(a)));
      }),
    );
  });

  it('refuses what has no eigenvalues', () => {
    expect(() => symmetricEigen(Float64Array.of(Number.NaN), 1)).toThrow('NaN');
  });
});

describe('frechetDistance', () => {
  const moments = (mean: number[], covariance: Float64Array): Moments => ({
    count: 100,
    mean: Float64Array.from(mean),
    covariance,
  });

  it('of equal covariances is the squared distance of the means', () => {
    fc.assert(
      fc.property(seeds, sizes, (seed, n) => {
        const covariance = covarianceOf(seed, n);
        const [a, b] = [new Random(seed + 1).normal(n), new Random(seed + 2).normal(n)];
        const expected = a.reduce((sum, value, i) => sum + (value - (b[i] as number)) ** 2, 0);
        const distance = frechetDistance(moments([...a], covariance), moments([...b], covariance));
        expect(Math.abs(distance - expected)).toBeLessThan(1e-6 * (1 + largest(covariance)));
      }),
    );
  });

  it('of diagonal covariances is Σ (σ₁ − σ₂)²', () => {
    const a = moments([0, 0, 1], diagonal([4, 9, 1]));
    const b = moments([0, 0, 3], diagonal([1, 0, 16]));
    expect(frechetDistance(a, b)).toBeCloseTo(1 + 9 + 9 + 4, 10);
  });

  it('is symmetric, and the same after a rotation of the features', () => {
    fc.assert(
      fc.property(seeds, sizes, (seed, n) => {
        const first = momentsOf(new Random(seed).normal(n * 20), n);
        const second = momentsOf(new Random(seed + 7).normal(n * 30), n);
        const distance = frechetDistance(first, second);
        expect(frechetDistance(second, first)).toBeCloseTo(distance, 8);
        const { vectors } = symmetricEigen(covarianceOf(seed, n), n);
        const rotated = ({ mean, covariance, count }: Moments): Moments => ({
          count,
          mean: mean.map((_, i) =>
            mean.reduce((sum, value, k) => sum + value * (vectors[k * n + i] as number), 0),
          ),
          covariance: product(product(transposed(vectors, n), covariance, n), vectors, n),
        });
        expect(frechetDistance(rotated(first), rotated(second))).toBeCloseTo(distance, 8);
      }),
      { numRuns: 30 },
    );
  });

  it('refuses one vector, and features of another dimension', () => {
    expect(() => momentsOf(new Float32Array(3), 3)).toThrow('at least two');
    const [two, three] = [momentsOf(new Float32Array(4), 2), momentsOf(new Float32Array(6), 3)];
    expect(() => frechetDistance(two, three)).toThrow('of 2 and of 3 dimensions');
  });
});

describe('as numpy and scipy have it', () => {
  interface Case {
    dimension: number;
    real: number[];
    generated: number[];
    frechet: number;
    k: number;
    precision: number;
    recall: number;
  }
  const { cases } = JSON.parse(
    readFileSync(new URL('../../../golden/quality.json', import.meta.url), 'utf8'),
  ) as { cases: Case[] };

  it.each(cases)('$dimension dimensions', ({ dimension, real, generated, frechet, k, precision, recall }) => {
    const [a, b] = [Float32Array.from(real), Float32Array.from(generated)];
    const distance = frechetDistance(momentsOf(a, dimension), momentsOf(b, dimension));
    expect(Math.abs(distance - frechet)).toBeLessThan(1e-6 * (1 + frechet));
    expect(precisionRecall(a, b, dimension, k)).toEqual({ precision, recall });
  });
});
