import { alphaBarAt, createDiffusion } from '../../engine/diffusion/diffusion';
import { weightedSum } from '../../engine/diffusion/forward';
import { predictX0 } from '../../engine/diffusion/reverse';
import type { GuidedPrediction } from './guessState';

/** What guidance makes of a guess: all of x_t's length. */
export interface GuidedGuess {
  /** ε_c − ε_∅, and the factor that brings its largest value to 1. */
  push: Float32Array;
  pushScale: number;
  /** ε̂ = ε_c + w (ε_c − ε_∅). */
  eps: Float32Array;
  /** x̂₀ through ε̂, ε_c and ε_∅. */
  x0: Float32Array;
  x0Conditional: Float32Array;
  x0Unconditional: Float32Array;
  alphaBar: number;
  /** Root of the mean square of the push. */
  pushSize: number;
  /** Index of the value that is pushed most. */
  place: number;
}

/** The guess at a guidance w. The network is not asked again: ε̂ is linear in w. */
export function guidedGuess(guess: GuidedPrediction, guidance: number): GuidedGuess {
  const { conditional, unconditional, xt, time } = guess;
  const diffusion = createDiffusion(guess.schedule, guess.nSteps);
  const push = weightedSum(1, conditional, -1, unconditional);
  const eps = weightedSum(1, conditional, guidance, push);
  const through = (noise: Float32Array) => predictX0(diffusion, xt, time, noise);
  const place = push.reduce(
    (best, value, i) => (Math.abs(value) > Math.abs(push[best] as number) ? i : best),
    0,
  );
  const largest = Math.abs(push[place] as number);
  return {
    push,
    pushScale: largest > 0 ? 1 / largest : 1,
    eps,
    x0: through(eps),
    x0Conditional: through(conditional),
    x0Unconditional: through(unconditional),
    alphaBar: alphaBarAt(diffusion, time),
    pushSize: Math.sqrt(push.reduce((sum, value) => sum + value ** 2, 0) / push.length),
    place,
  };
}
