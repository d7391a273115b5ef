import { logNormalInterval } from './gaussian';

/**
 * ln p(x₀ | x₁) of one value by the discretised decoder (Ho et al. 2020, eq. 13), nats: the share of N(mean, sigma²) in the
 * bin of x₀. `levels` values lie evenly in [−1, 1], a bin reaches half-way to its neighbours, and the outer two to infinity.
 */
export function logDecoder(x0: number, mean: number, sigma: number, levels: number): number {
  const half = 1 / (levels - 1);
  // Values of the data lie on a level up to float32's rounding.
  const low = x0 < -1 + half ? Number.NEGATIVE_INFINITY : (x0 - half - mean) / sigma;
  const high = x0 > 1 - half ? Number.POSITIVE_INFINITY : (x0 + half - mean) / sigma;
  return logNormalInterval(low, high);
}
