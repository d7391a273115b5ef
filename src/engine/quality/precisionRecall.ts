import { squaredDistance, squaredRadii } from './nearest';

export interface PrecisionRecall {
  /** Share of the samples that lie where real images lie: how good they are. */
  precision: number;
  /** Share of the real images that lie where samples lie: how much of the variety is covered. */
  recall: number;
}

/**
 * Improved precision and recall (Kynkäänniemi et al. 2019, eq. 1 and 2) of feature vectors `[N, d]` and `[M, d]`: the
 * region of a set is the union of balls, one about each vector, that reach its k-th nearest neighbour in the set.
 */
export function precisionRecall(
  real: Float32Array,
  generated: Float32Array,
  dimension: number,
  k: number,
): PrecisionRecall {
  return {
    precision: shareWithin(generated, real, dimension, k),
    recall: shareWithin(real, generated, dimension, k),
  };
}

/** Share of the vectors that lie in the region of a set. */
function shareWithin(vectors: Float32Array, set: Float32Array, dimension: number, k: number): number {
  const radii = squaredRadii(set, dimension, k);
  const count = vectors.length / dimension;
  let within = 0;
  for (let i = 0; i < count; i++) {
    const inside = radii.some(
      (radius, j) => squaredDistance(vectors, i * dimension, set, j * dimension, dimension, radius) <= radius,
    );
    if (inside) within++;
  }
  return within / count;
}
