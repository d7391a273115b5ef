import { alphaBarAt, type Diffusion, signalToNoise } from '../../engine/diffusion/diffusion';

/** The numbers of x_t = √ᾱ_t x₀ + √(1−ᾱ_t) ε after `t` steps, t = 0 … T. */
export interface Noising {
  t: number;
  alphaBar: number;
  /** √ᾱ_t, the weight of x₀. */
  signal: number;
  /** √(1−ᾱ_t), the weight of ε. */
  noise: number;
  /** Variance that the last step added; none at t = 0. */
  beta: number | null;
  /** ᾱ_t / (1−ᾱ_t); infinite at t = 0. */
  snr: number;
}

/** The engine counts steps from 0, so that its t is this t − 1 and −1 is x₀; the page counts the steps taken. */
export function engineTime(t: number): number {
  return t - 1;
}

/** All numbers after `t` steps. Throws a RangeError outside 0 … T. */
export function noisingAt(diffusion: Diffusion, t: number): Noising {
  if (!Number.isInteger(t) || t < 0 || t > diffusion.nSteps) {
    throw new RangeError(`t must be a whole number from 0 to ${diffusion.nSteps}, not ${t}.`);
  }
  const alphaBar = alphaBarAt(diffusion, engineTime(t));
  return {
    t,
    alphaBar,
    signal: Math.sqrt(alphaBar),
    noise: Math.sqrt(1 - alphaBar),
    beta: t === 0 ? null : (diffusion.betas[engineTime(t)] as number),
    snr: signalToNoise(diffusion, engineTime(t)),
  };
}

/** At most `count` whole times from 0 to T, both among them, as even as whole numbers allow. */
export function evenTimes(nSteps: number, count: number): number[] {
  const times = Array.from({ length: count }, (_, i) => Math.round((i * nSteps) / (count - 1)));
  return [...new Set(times)];
}
