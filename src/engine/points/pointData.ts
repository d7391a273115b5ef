import type { GaussianMixture } from '../diffusion/gaussianMixture';
import { Random } from '../training/random';
import { type PointSetId, pointSets } from './sets/pointSets';

/** Where the points come from: a set of the table, or [x, y] after [x, y] as someone drew them. */
export type PointSource = { set: PointSetId; count: number } | { drawn: Float32Array };

/** Data in the plane: a Gaussian of standard deviation `noise` around each of the points [n, 2], all equally likely. */
export interface PointData {
  points: Float32Array;
  noise: number;
}

export const MOST_POINTS = 1024;

/** The data of a source. Throws, with what to do, for none or too many points, or a width that is not above 0. */
export function pointData(source: PointSource, noise: number): PointData {
  if (!(noise > 0 && noise <= 1)) {
    throw new Error(`The noise of the data must be above 0 and at most 1, not ${noise}.`);
  }
  const points =
    'drawn' in source ? source.drawn : pointSets[source.set].points(atMost(source.count), new Random(0));
  if (points.length < 2) throw new Error('There are no points to learn: draw some first.');
  if (points.length > 2 * MOST_POINTS) {
    throw new Error(`There are ${points.length / 2} points, and ${MOST_POINTS} are the most: remove some.`);
  }
  return { points, noise };
}

/** Draws from the data, [count, 2]. */
export function drawPoints({ points, noise }: PointData, count: number, random: Random): Float32Array {
  const chosen = random.integers(count, points.length / 2);
  return random
    .normal(2 * count)
    .map((z, i) => (points[2 * (chosen[i >> 1] as number) + (i & 1)] as number) + noise * z);
}

/** Beyond this, in either coordinate, there is next to no data. */
export function reachOf({ points, noise }: PointData): number {
  return points.reduce((most, x) => Math.max(most, Math.abs(x)), 0) + 4 * noise;
}

/** The same data as a mixture, whose ε is known in closed form. */
export function mixtureOf({ points, noise }: PointData): GaussianMixture {
  const count = points.length / 2;
  return {
    weights: Array.from({ length: count }, () => 1 / count),
    means: Array.from({ length: count }, (_, i) => [points[2 * i] as number, points[2 * i + 1] as number]),
    variances: Array.from({ length: count }, () => noise ** 2),
  };
}

function atMost(count: number): number {
  if (Number.isInteger(count) && count >= 2 && count <= MOST_POINTS) return count;
  throw new Error(`The number of points must be a whole number from 2 to ${MOST_POINTS}, not ${count}.`);
}
