import type { Diffusion } from '../../engine/diffusion/diffusion';
import { noisingAt } from './noising';

export interface Curve {
  x: Float64Array;
  y: Float64Array;
}

/** β_t, ᾱ_t and SNR_t over the steps taken. β and SNR start at t = 1: at 0 there is none, or it is infinite. */
export interface Curves {
  beta: Curve;
  alphaBar: Curve;
  snr: Curve;
}

/** The curves of a diffusion, one point a step. */
export function curvesOf(diffusion: Diffusion): Curves {
  const over = (first: number, value: (t: number) => number): Curve => {
    const x = Float64Array.from({ length: diffusion.nSteps + 1 - first }, (_, i) => first + i);
    return { x, y: x.map(value) };
  };
  return {
    beta: over(1, (t) => noisingAt(diffusion, t).beta as number),
    alphaBar: over(0, (t) => noisingAt(diffusion, t).alphaBar),
    snr: over(1, (t) => noisingAt(diffusion, t).snr),
  };
}
