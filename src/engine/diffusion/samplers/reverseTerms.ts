import type { Diffusion } from '../diffusion';
import type { EquationText } from './equationText';
import type { SamplerOptions } from './sampler';

/** The equation of a reverse step, x_s = mean + σ z, with its numbers; the mean is scale · Σ weight · quantity. */
export interface ReverseTerms {
  scale?: Weight;
  mean: { of: Quantity; weight?: Weight }[];
  /** Weight of the fresh noise z: 0 where none is added, its own of every value where it is learned. */
  sigma: number | 'learned';
}

/** x_t, x̂₀, ε̂, the velocity ε̂ − x̂₀, and the x̂₀ of the step before. */
export type Quantity = 'xt' | 'x0' | 'eps' | 'velocity' | 'x0Before';

/** A number and the formula that gives it; a negative one has a minus in front. */
export interface Weight {
  value: number;
  formula(symbols: StepSymbols): EquationText;
  /** Explains symbols that only this formula has. */
  note?: string;
}

/** A reverse step from t to an earlier `previous` (−1 is the image itself), after one from `before`. */
export interface Jump {
  t: number;
  previous: number;
  before: number | undefined;
}

/** The terms of a step, with every option of the sampler decided. */
export type TermsOf = (diffusion: Diffusion, jump: Jump, options: SamplerOptions) => ReverseTerms;

/** The symbols that formulas are made of. */
export interface StepSymbols {
  /** The index of the step's end. */
  next: EquationText;
  alpha: EquationText;
  beta: EquationText;
  alphaBar: EquationText;
  /** ᾱ at the end of the step. */
  alphaBarNext: EquationText;
  /** σ². */
  variance: EquationText;
}

/** The symbols of a step from t to s, which is t − 1 where no step is left out. */
export function stepSymbols(everyStep: boolean): StepSymbols {
  const [s, spokenS] = everyStep ? ['t-1', 't minus 1'] : ['s', 's'];
  const [jump, spokenJump] = everyStep ? ['t', 't'] : ['t|s', 't given s'];
  return {
    next: { tex: s, label: spokenS },
    alpha: { tex: String.raw`\alpha_{${jump}}`, label: `alpha ${spokenJump}` },
    beta: { tex: String.raw`\beta_{${jump}}`, label: `beta ${spokenJump}` },
    alphaBar: { tex: String.raw`\bar\alpha_t`, label: 'alpha bar t' },
    alphaBarNext: { tex: String.raw`\bar\alpha_{${s}}`, label: `alpha bar ${spokenS}` },
    variance: { tex: String.raw`\sigma_t^2`, label: 'sigma t squared' },
  };
}
