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

/** ᾱ_{t}, with ᾱ_{−1} = 1. */
export function alphaBarAt({ alphaBar }: Diffusion, t: number): number {
  return t < 0 ? 1 : (alphaBar[t] as number);
}

/** Signal-to-noise ratio ᾱ_t / (1 − ᾱ_t). */
export function signalToNoise(diffusion: Diffusion, t: number): number {
  const alphaBar = alphaBarAt(diffusion, t);
  return alphaBar / (1 - alphaBar);
}
