import { alphaBarAt, type Diffusion } from './diffusion';
import { qSample, weightedSum } from './forward';
import { learnedSigma } from './learnedVariance';
import { jump, posterior } from './posterior';
import { meanFromEps, meanFromX0, predictX0, sigma, type VarianceChoice } from './reverse';

/** What one reverse step is made of; images of one shape each. */
export interface StepIngredients {
  x0: Float32Array;
  /** The ε in x_t. */
  noise: Float32Array;
  /** ε_θ(x_t, t). */
  eps: Float32Array;
  /** Fresh noise of the step. */
  z: Float32Array;
  /** From 0. */
  t: number;
  /** Where σ lies between √β̃ and √β, of a model that has learned it. */
  v?: Float32Array | undefined;
}

export interface StepChoices {
  variance: VarianceChoice;
  /** Cut x̂₀ to [−1, 1], where every image of the data lies. */
  clipX0: boolean;
}

/** The constants of the step at t, as they stand in its equations. */
export interface StepConstants {
  alpha: number;
  beta: number;
  alphaBar: number;
  alphaBarBefore: number;
  coefX0: number;
  coefXt: number;
  betaTilde: number;
}

/** Every quantity of one reverse step. */
export interface ReverseStep {
  constants: StepConstants;
  xt: Float32Array;
  /** x̂₀ as it follows from ε_θ, and as the step uses it. */
  rawX0: Float32Array;
  x0: Float32Array;
  /** μ̃(x_t, x₀), by the true x₀. */
  posteriorMean: Float32Array;
  /** μ_θ from ε_θ, and through x̂₀. */
  meanFromEps: Float32Array;
  meanFromX0: Float32Array;
  /** Largest |difference| of both. */
  difference: number;
  /** The one that the step takes: through x̂₀ where that is clipped. */
  mean: Float32Array;
  /** √σ² of the choice, of every value; 0 at the last step, to which the paper's algorithm adds no noise. */
  sigmas: Float64Array;
  /** σ_t z. */
  spread: Float32Array;
  /** x_{t−1}. */
  next: Float32Array;
}

export function stepConstants(diffusion: Diffusion, t: number): StepConstants {
  const { alpha, beta } = jump(diffusion, t, t - 1);
  const { coefX0, coefXt, variance: betaTilde } = posterior(diffusion, t);
  return {
    ...{ alpha, beta, coefX0, coefXt, betaTilde },
    alphaBar: alphaBarAt(diffusion, t),
    alphaBarBefore: alphaBarAt(diffusion, t - 1),
  };
}

/** The step from x_t = qSample(x₀, ε) back to x_{t−1} (Ho et al. 2020, algorithm 2), with all that lies between. */
export function reverseStep(
  diffusion: Diffusion,
  { x0: truth, noise, eps, z, t, v }: StepIngredients,
  { variance, clipX0 }: StepChoices,
): ReverseStep {
  const constants = stepConstants(diffusion, t);
  const xt = qSample(diffusion, truth, t, noise);
  const rawX0 = predictX0(diffusion, xt, t, eps);
  const x0 = clipX0 ? rawX0.map((value) => Math.min(1, Math.max(-1, value))) : rawX0;
  const fromEps = meanFromEps(diffusion, xt, t, eps);
  const fromX0 = meanFromX0(diffusion, xt, t, x0);
  const mean = clipX0 ? fromX0 : fromEps;
  const sigmas = sigmasOf(diffusion, t, variance, z.length, v);
  const spread = z.map((value, i) => (sigmas[i] as number) * value);
  return {
    ...{ constants, xt, rawX0, x0, mean, sigmas, spread },
    posteriorMean: meanFromX0(diffusion, xt, t, truth),
    meanFromEps: fromEps,
    meanFromX0: fromX0,
    difference: fromEps.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - (fromX0[i] as number))),
      0,
    ),
    next: weightedSum(1, mean, 1, spread),
  };
}

function sigmasOf(
  diffusion: Diffusion,
  t: number,
  variance: VarianceChoice,
  length: number,
  v: Float32Array | undefined,
): Float64Array {
  if (t === 0) return new Float64Array(length);
  if (variance === 'learned') return learnedSigma(diffusion, v, t);
  return new Float64Array(length).fill(sigma(diffusion, t, variance));
}
