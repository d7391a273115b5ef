import { scheduleOf } from './schedules/schedules';

/**
 * The constants of a diffusion of T steps, each of length T, t counted from 0; ᾱ_{−1} = 1.
 * Stored as float32 and accumulated as such, like the reference.
 */
export interface Diffusion {
  nSteps: number;
  betas: Float32Array;
  /** α_t = 1 − β_t. */
  alphas: Float32Array;
  /** ᾱ_t = Π α_s for s ≤ t. */
  alphaBar: Float32Array;
  /** β̃_t = β_t (1 − ᾱ_{t−1}) / (1 − ᾱ_t), the variance of q(x_{t−1} | x_t, x₀). */
  betaTilde: Float32Array;
}

/** The diffusion of a schedule, of the table or drawn. Throws for an unknown id or fewer than two steps. */
export function createDiffusion(scheduleId: string, nSteps: number): Diffusion {
  const schedule = scheduleOf(scheduleId);
  if (!Number.isInteger(nSteps) || nSteps < 2)
    throw new Error(`T must be a whole number of at least 2, not ${nSteps}.`);
  return diffusionFromBetas(schedule.betas(nSteps));
}

/** The diffusion with the given β_t, each in (0, 1). Throws for any other value. */
export function diffusionFromBetas(values: ArrayLike<number>): Diffusion {
  const betas = Float32Array.from(values);
  const nSteps = betas.length;
  if (!betas.every((beta) => beta > 0 && beta < 1)) throw new Error('Every β_t must lie between 0 and 1.');
  const alphas = betas.map((beta) => 1 - beta);
  const alphaBar = new Float32Array(nSteps);
  const betaTilde = new Float32Array(nSteps);
  let product = 1;
  for (let t = 0; t < nSteps; t++) {
    const previous = product;
    product = Math.fround(product * (alphas[t] as number));
    alphaBar[t] = product;
    betaTilde[t] = ((betas[t] as number) * (1 - previous)) / (1 - product);
  }
  return { nSteps, betas, alphas, alphaBar, betaTilde };
}

/**
 * ᾱ_t, with ᾱ_{−1} = 1. Between two steps log ᾱ is linear: the noise of a step comes at a constant rate, so that real t,
 * −1 ≤ t ≤ T − 1, belong to the same continuous process.
 */
export function alphaBarAt(diffusion: Diffusion, t: number): number {
  const before = Math.floor(t);
  if (before === t) return t < 0 ? 1 : (diffusion.alphaBar[t] as number);
  const [from, to] = [alphaBarAt(diffusion, before), alphaBarAt(diffusion, before + 1)];
  return from * (to / from) ** (t - before);
}

/** The real t at which ᾱ_t is `alphaBar`, −1 … T − 1: the inverse of alphaBarAt, T − 1 for all that is less than ᾱ_{T−1}. */
export function timeAt(diffusion: Diffusion, alphaBar: number): number {
  let [low, high] = [-1, diffusion.nSteps - 1];
  if (alphaBar <= alphaBarAt(diffusion, high)) return high;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (alphaBarAt(diffusion, middle) >= alphaBar) low = middle;
    else high = middle;
  }
  const [from, to] = [alphaBarAt(diffusion, low), alphaBarAt(diffusion, high)];
  return from === to ? low : low + Math.log(alphaBar / from) / Math.log(to / from);
}

/** Signal-to-noise ratio ᾱ_t / (1 − ᾱ_t). */
export function signalToNoise(diffusion: Diffusion, t: number): number {
  const alphaBar = alphaBarAt(diffusion, t);
  return alphaBar / (1 - alphaBar);
}

/** λ_t = ½ log(ᾱ_t / (1−ᾱ_t)), half the logarithm of the signal-to-noise ratio. */
export function halfLogSnr(diffusion: Diffusion, t: number): number {
  return Math.log(signalToNoise(diffusion, t)) / 2;
}
