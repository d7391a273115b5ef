import { alphaBarAt, type Diffusion } from './diffusion';
import { objectiveOf } from './objectives/objectives';
import { jump, posterior } from './posterior';

/** λ of L_simple + λ L_vlb, as Nichol & Dhariwal (2021) chose it. */
const LAMBDA = 0.001;

/**
 * Between which variances a learned one lies: ln β̃ and ln β of the jump from t to `previous`. Of β̃ the first is 0; the
 * second stands in for it.
 */
export function logVarianceRange(
  diffusion: Diffusion,
  t: number,
  previous = t - 1,
): { low: number; high: number } {
  return {
    low: Math.log(posterior(diffusion, Math.max(t, 1), Math.max(previous, 0)).variance),
    high: Math.log(jump(diffusion, t, previous).beta),
  };
}

/** Room for the v of a denoiser; see isLearned. */
export function roomForVariance(x: Float32Array): Float32Array {
  return new Float32Array(x.length).fill(Number.NaN);
}

/** Whether a denoiser has written v: one that has learned no variance leaves the room as it was. */
export function isLearned(v: Float32Array | undefined): v is Float32Array {
  return v !== undefined && !v.some(Number.isNaN);
}

/**
 * ln σ² of every value from what the network says of it: v = −1 is β̃, v = 1 is β (Nichol & Dhariwal 2021, eq. 15). Throws,
 * saying what to do, where no v was written.
 */
export function learnedLogVariance(
  diffusion: Diffusion,
  v: Float32Array | undefined,
  t: number,
  previous = t - 1,
): Float64Array {
  if (!isLearned(v)) {
    throw new Error(
      'This model has not learned its variance: choose β or β̃, or train a model with a learned variance.',
    );
  }
  const { low, high } = logVarianceRange(diffusion, t, previous);
  return Float64Array.from(v, (value) => low + ((value + 1) / 2) * (high - low));
}

/** σ of every value. */
export function learnedSigma(...args: Parameters<typeof learnedLogVariance>): Float64Array {
  return learnedLogVariance(...args).map((logVariance) => Math.exp(logVariance / 2));
}

/** What L_hybrid asks of an image at its time: the weight of its squared error, and that of its term of the bound. */
export interface HybridWeights {
  weight: number;
  /** 1 counts λ·T·L_{t−1} in bits a dimension, 0 leaves the bound out. */
  bound: number;
  /** Values that a pixel can have. */
  levels: number;
}

/**
 * The six factors of Operations.hybridError for an image at t. Between two steps the bound has no term: there the nearest
 * counts.
 */
export function hybridFactors(
  diffusion: Diffusion,
  objective: string,
  time: number,
  { weight, bound, levels }: HybridWeights,
): number[] {
  const t = Math.round(time);
  const alphaBar = alphaBarAt(diffusion, t);
  const { alpha, beta } = jump(diffusion, t, t - 1);
  const [, ofPrediction] = objectiveOf(objective).toEps(Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar));
  const { low, high } = logVarianceRange(diffusion, t);
  // μ_θ − μ̃ for an error of 1 in ε, by eq. 11 of Ho et al. 2020.
  const ofEps = -beta / Math.sqrt(alpha * (1 - alphaBar));
  const boundWeight = (bound * LAMBDA * diffusion.nSteps) / Math.LN2;
  return [weight, boundWeight, low, high, ofEps * ofPrediction, t === 0 ? 1 / (levels - 1) : 0];
}
