import { alphaBarAt, type Diffusion } from './diffusion';
import type { Denoiser } from './samplers/sampler';

/** Σ_k weights[k] N(means[k], variances[k] I): weights sum to 1, means are rows of equal length, variances isotropic. */
export interface GaussianMixture {
  weights: readonly number[];
  means: readonly (readonly number[])[];
  variances: readonly number[];
}

/**
 * The exact ε(x_t, t) = −√(1−ᾱ_t) ∇ log q(x_t) for x₀ of a mixture: x_t is a mixture too, with means √ᾱ_t m_k and
 * variances ᾱ_t v_k + 1 − ᾱ_t. Takes points [N, dimensions], row after row.
 */
export function mixtureDenoiser(mixture: GaussianMixture, diffusion: Diffusion): Denoiser {
  const { weights, means, variances } = mixture;
  const dimensions = means[0]?.length ?? 0;
  return async (xt, t) => {
    const alphaBar = alphaBarAt(diffusion, t);
    const [signal, spread] = [Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar)];
    const spreads = variances.map((variance) => alphaBar * variance + 1 - alphaBar);
    const eps = new Float32Array(xt.length);
    const logits = new Float64Array(weights.length);
    for (let row = 0; row < xt.length; row += dimensions) {
      let highest = Number.NEGATIVE_INFINITY;
      means.forEach((mean, k) => {
        const variance = spreads[k] as number;
        let distance = 0;
        for (let d = 0; d < dimensions; d++)
          distance += ((xt[row + d] as number) - signal * (mean[d] as number)) ** 2;
        const logit =
          Math.log(weights[k] as number) - distance / (2 * variance) - (dimensions / 2) * Math.log(variance);
        logits[k] = logit;
        highest = Math.max(highest, logit);
      });
      let total = 0;
      for (let k = 0; k < logits.length; k++) total += logits[k] = Math.exp((logits[k] as number) - highest);
      means.forEach((mean, k) => {
        const pull = (spread * (logits[k] as number)) / (total * (spreads[k] as number));
        for (let d = 0; d < dimensions; d++)
          eps[row + d] =
            (eps[row + d] as number) + pull * ((xt[row + d] as number) - signal * (mean[d] as number));
      });
    }
    return eps;
  };
}

/** Mean and variance of each dimension of a mixture. */
export function mixtureMoments({ weights, means, variances }: GaussianMixture): {
  mean: number[];
  variance: number[];
} {
  const over = (value: (k: number, d: number) => number) =>
    (means[0] ?? []).map((_, d) => weights.reduce((sum, weight, k) => sum + weight * value(k, d), 0));
  const at = (k: number, d: number) => means[k]?.[d] as number;
  const mean = over(at);
  const squares = over((k, d) => at(k, d) ** 2 + (variances[k] as number));
  return { mean, variance: squares.map((square, d) => square - (mean[d] as number) ** 2) };
}
