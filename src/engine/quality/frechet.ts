import { product, symmetricEigen, symmetricRoot } from './symmetric';

/** Mean and covariance of some feature vectors. */
export interface Moments {
  count: number;
  mean: Float64Array;
  /** `[d, d]`, over count − 1. */
  covariance: Float64Array;
}

/** Moments of feature vectors `[count, d]`. Throws for fewer than two: they have no covariance. */
export function momentsOf(features: Float32Array | Float64Array, dimension: number): Moments {
  const count = features.length / dimension;
  if (!Number.isInteger(count) || count < 2) {
    throw new Error(`A covariance takes at least two feature vectors of ${dimension} values, not ${count}.`);
  }
  const mean = new Float64Array(dimension);
  features.forEach((value, i) => {
    mean[i % dimension] = (mean[i % dimension] as number) + value / count;
  });
  const covariance = new Float64Array(dimension * dimension);
  const centred = new Float64Array(dimension);
  for (let image = 0; image < count; image++) {
    for (let i = 0; i < dimension; i++)
      centred[i] = (features[image * dimension + i] as number) - (mean[i] as number);
    for (let i = 0; i < dimension; i++) {
      const factor = (centred[i] as number) / (count - 1);
      for (let j = 0; j < dimension; j++) {
        covariance[i * dimension + j] =
          (covariance[i * dimension + j] as number) + factor * (centred[j] as number);
      }
    }
  }
  return { count, mean, covariance };
}

/**
 * Squared Fréchet distance of two normal distributions (Dowson and Landau 1982; Heusel et al. 2017, eq. 6):
 * ‖μ₁ − μ₂‖² + tr(Σ₁ + Σ₂ − 2 (Σ₁^½ Σ₂ Σ₁^½)^½). At least 0; 0 only where mean and covariance are the same.
 */
export function frechetDistance(a: Moments, b: Moments): number {
  const n = a.mean.length;
  if (b.mean.length !== n)
    throw new Error(`Features of ${n} and of ${b.mean.length} dimensions cannot be compared.`);
  let distance = 0;
  for (let i = 0; i < n; i++) {
    distance += ((a.mean[i] as number) - (b.mean[i] as number)) ** 2;
    distance += (a.covariance[i * n + i] as number) + (b.covariance[i * n + i] as number);
  }
  const root = symmetricRoot(a.covariance, n);
  const { values } = symmetricEigen(symmetrical(product(product(root, b.covariance, n), root, n), n), n);
  for (const value of values) distance -= 2 * Math.sqrt(Math.max(0, value));
  return Math.max(0, distance);
}

/** (A + Aᵀ)/2: what rounding made unequal becomes equal again. */
function symmetrical(a: Float64Array, n: number): Float64Array {
  return a.map((value, i) => (value + (a[(i % n) * n + Math.floor(i / n)] as number)) / 2);
}
