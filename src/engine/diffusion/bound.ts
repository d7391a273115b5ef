import { logDecoder } from './decoder';
import { alphaBarAt, type Diffusion } from './diffusion';
import { klGaussians } from './gaussian';
import { learnedLogVariance } from './learnedVariance';
import { posterior } from './posterior';
import { type FixedVariance, meanFromEps, meanFromX0, predictX0, type VarianceChoice } from './reverse';
import { clipped } from './samplers/sampler';

export interface BoundChoices {
  variance: VarianceChoice;
  /** Cut x̂₀ to [−1, 1] before the mean is taken, as the paper does when it measures. */
  clipX0: boolean;
  /** Values that a pixel can have: 256, or 17 for images of 17 levels. */
  levels: number;
}

/**
 * σ_t² of p_θ(x_{t−1} | x_t). Of β̃ the first is 0, by which no density can be; the second stands in for it, as in the
 * paper's code.
 */
export function modelVariance(diffusion: Diffusion, t: number, choice: FixedVariance): number {
  if (choice === 'beta') return diffusion.betas[t] as number;
  return posterior(diffusion, Math.max(t, 1)).variance;
}

/** L_T = D_KL(q(x_T | x₀) ‖ N(0, I)), nats a dimension, of each image of `length` values. */
export function priorTerm(diffusion: Diffusion, x0: Float32Array, length: number): Float64Array {
  const alphaBar = alphaBarAt(diffusion, diffusion.nSteps - 1);
  const signal = Math.sqrt(alphaBar);
  return meansOfImages(length, x0.length, (i) => klGaussians(signal * (x0[i] as number), 1 - alphaBar, 0, 1));
}

/**
 * The term of the step from x_t, t ≥ 0, nats a dimension, of each image: L_0 = −ln p_θ(x₀ | x₁) at t = 0, else
 * D_KL(q(x_{t−1} | x_t, x₀) ‖ p_θ(x_{t−1} | x_t)) (Ho et al. 2020, eq. 5), which counts as L_t from 0.
 */
export function stepTerm(
  diffusion: Diffusion,
  {
    x0,
    xt,
    eps,
    v,
    t,
    length,
  }: {
    x0: Float32Array;
    xt: Float32Array;
    eps: Float32Array;
    /** Of a learned variance. */
    v?: Float32Array | undefined;
    t: number;
    length: number;
  },
  { variance: choice, clipX0, levels }: BoundChoices,
): Float64Array {
  const mean = clipX0
    ? meanFromX0(diffusion, xt, t, clipped(predictX0(diffusion, xt, t, eps)))
    : meanFromEps(diffusion, xt, t, eps);
  const variances = choice === 'learned' ? learnedLogVariance(diffusion, v, t).map(Math.exp) : undefined;
  const fixed = choice === 'learned' ? Number.NaN : modelVariance(diffusion, t, choice);
  const variance = (i: number) => variances?.[i] ?? fixed;
  if (t === 0) {
    return meansOfImages(
      length,
      x0.length,
      (i) => -logDecoder(x0[i] as number, mean[i] as number, Math.sqrt(variance(i)), levels),
    );
  }
  const { coefX0, coefXt, variance: betaTilde } = posterior(diffusion, t);
  return meansOfImages(length, x0.length, (i) =>
    klGaussians(
      coefX0 * (x0[i] as number) + coefXt * (xt[i] as number),
      betaTilde,
      mean[i] as number,
      variance(i),
    ),
  );
}

/** β_t² / (2 σ_t² α_t (1 − ᾱ_t)): the weight of ‖ε − ε_θ‖² in L_{t−1}, which L_simple drops (eq. 12 and 14). */
export function droppedWeight(diffusion: Diffusion, t: number, choice: FixedVariance): number {
  const [alpha, beta] = [diffusion.alphas[t] as number, diffusion.betas[t] as number];
  return beta ** 2 / (2 * modelVariance(diffusion, t, choice) * alpha * (1 - alphaBarAt(diffusion, t)));
}

/** Bits of a nat. */
export const bitsOfNat = 1 / Math.LN2;

function meansOfImages(length: number, all: number, of: (index: number) => number): Float64Array {
  const means = new Float64Array(all / length);
  for (let i = 0; i < all; i++) {
    const image = Math.floor(i / length);
    means[image] = (means[image] as number) + of(i) / length;
  }
  return means;
}
