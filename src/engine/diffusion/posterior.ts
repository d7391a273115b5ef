import { alphaBarAt, type Diffusion } from './diffusion';

/** q(x_{t−1} | x_t, x₀) = N(coefX0 · x₀ + coefXt · x_t, variance) (Ho et al. 2020, eq. 6 and 7). */
export interface Posterior {
  coefX0: number;
  coefXt: number;
  variance: number;
}

/**
 * The posterior of a jump from t back to an earlier `previous` (t − 1 unless steps are left out; −1 is x₀ itself).
 * With ᾱ of both ends, the jump's own α = ᾱ_t/ᾱ_previous takes the place of α_t.
 */
export function posterior(diffusion: Diffusion, t: number, previous = t - 1): Posterior {
  const { alpha, beta } = jump(diffusion, t, previous);
  const before = alphaBarAt(diffusion, previous);
  const rest = 1 - alphaBarAt(diffusion, t);
  return {
    coefX0: (Math.sqrt(before) * beta) / rest,
    coefXt: (Math.sqrt(alpha) * (1 - before)) / rest,
    variance: (beta * (1 - before)) / rest,
  };
}

/** α and β of the jump from `previous` to t: those of the schedule where `previous` is t − 1. */
export function jump(diffusion: Diffusion, t: number, previous: number): { alpha: number; beta: number } {
  if (previous === t - 1 && Number.isInteger(t))
    return { alpha: diffusion.alphas[t] as number, beta: diffusion.betas[t] as number };
  const alpha = alphaBarAt(diffusion, t) / alphaBarAt(diffusion, previous);
  return { alpha, beta: 1 - alpha };
}
