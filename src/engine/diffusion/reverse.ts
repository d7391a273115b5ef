import { alphaBarAt, type Diffusion } from './diffusion';
import { weightedSum } from './forward';
import { learnedSigma } from './learnedVariance';
import { jump, posterior } from './posterior';

/** σ² of a reverse step: β_t, or β̃_t, the variance of the posterior. */
export type FixedVariance = 'beta' | 'betaTilde';
/** The same, or for every value what the model has learned. */
export type VarianceChoice = FixedVariance | 'learned';

/** x̂₀ = (x_t − √(1−ᾱ_t) ε) / √ᾱ_t, q(x_t | x₀) solved for x₀. */
export function predictX0(
  diffusion: Diffusion,
  xt: Float32Array,
  t: number,
  eps: Float32Array,
): Float32Array {
  const alphaBar = alphaBarAt(diffusion, t);
  return weightedSum(1 / Math.sqrt(alphaBar), xt, -Math.sqrt((1 - alphaBar) / alphaBar), eps);
}

/** ε = (x_t − √ᾱ_t x₀) / √(1−ᾱ_t), q(x_t | x₀) solved for ε. */
export function predictEps(
  diffusion: Diffusion,
  xt: Float32Array,
  t: number,
  x0: Float32Array,
): Float32Array {
  const rest = 1 - alphaBarAt(diffusion, t);
  return weightedSum(1 / Math.sqrt(rest), xt, -Math.sqrt((1 - rest) / rest), x0);
}

/** μ_θ = (x_t − (1−α_t)/√(1−ᾱ_t) ε) / √α_t (Ho et al. 2020, eq. 11), for the jump from t to `previous`. */
export function meanFromEps(
  diffusion: Diffusion,
  xt: Float32Array,
  t: number,
  eps: Float32Array,
  previous = t - 1,
) {
  const { alpha, beta } = jump(diffusion, t, previous);
  const scale = 1 / Math.sqrt(alpha);
  return weightedSum(scale, xt, (-scale * beta) / Math.sqrt(1 - alphaBarAt(diffusion, t)), eps);
}

/** μ̃ = coefX0 · x̂₀ + coefXt · x_t (eq. 7): the same mean as meanFromEps where x̂₀ comes from the same ε. */
export function meanFromX0(
  diffusion: Diffusion,
  xt: Float32Array,
  t: number,
  x0: Float32Array,
  previous = t - 1,
) {
  const { coefX0, coefXt } = posterior(diffusion, t, previous);
  return weightedSum(coefX0, x0, coefXt, xt);
}

/** σ of the jump from t to `previous`. */
export function sigma(diffusion: Diffusion, t: number, choice: FixedVariance, previous = t - 1): number {
  if (choice === 'betaTilde') return Math.sqrt(posterior(diffusion, t, previous).variance);
  return Math.sqrt(jump(diffusion, t, previous).beta);
}

/** mean + σ z of the jump from t to `previous`; a learned σ follows from v. */
export function withNoise(
  diffusion: Diffusion,
  mean: Float32Array,
  z: Float32Array,
  {
    t,
    previous,
    choice,
    v,
  }: { t: number; previous: number; choice: VarianceChoice; v?: Float32Array | undefined },
): Float32Array {
  if (choice !== 'learned') return weightedSum(1, mean, sigma(diffusion, t, choice, previous), z);
  const sigmas = learnedSigma(diffusion, v, t, previous);
  return mean.map((value, i) => value + (sigmas[i] as number) * (z[i] as number));
}

/** x_{t−1} = μ_θ(x_t, ε) + σ_t z, one draw of p(x_{t−1} | x_t) (eq. 11). Give z = 0 for the last step of the paper. */
export function pSample(
  diffusion: Diffusion,
  xt: Float32Array,
  t: number,
  eps: Float32Array,
  z: Float32Array,
  choice: VarianceChoice = 'beta',
  v?: Float32Array,
): Float32Array {
  return withNoise(diffusion, meanFromEps(diffusion, xt, t, eps), z, { t, previous: t - 1, choice, v });
}
