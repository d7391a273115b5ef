import { alphaBarAt, type Diffusion, timeAt } from './diffusion';
import { alphaBarOfFlow } from './schedules/straight';

// Rectified flow (Liu et al. 2022) and flow matching (Lipman et al. 2023): x_s = (1 − s) x₀ + s ε, whose velocity dx_s/ds is
// ε − x₀. Up to a factor x_s is the x_t with as much noise: x_s = x_t / (√ᾱ_t + √(1−ᾱ_t)), s = √(1−ᾱ_t) / (√ᾱ_t + √(1−ᾱ_t)).

/** Where the straight line from image to noise has as much noise as x_t: x_s = scale · x_t. */
export interface FlowPoint {
  /** 0 is the image, 1 noise. */
  s: number;
  scale: number;
}

/** The point of the flow that belongs to x_t, at real t too. */
export function flowPoint(diffusion: Diffusion, t: number): FlowPoint {
  const alphaBar = alphaBarAt(diffusion, t);
  const [signal, spread] = [Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar)];
  return { s: spread / (signal + spread), scale: 1 / (signal + spread) };
}

/** The real t of the x_t that has as much noise as x_s, at most T − 1. */
export function timeOfFlow(diffusion: Diffusion, s: number): number {
  return timeAt(diffusion, alphaBarOfFlow(s));
}
