import { alphaBarAt, type Diffusion, halfLogSnr } from '../diffusion';
import { weightedSum } from '../forward';
import type { SamplerDefinition } from './definition';
import { type EquationText, negative, oneMinus, over, product, root } from './equationText';
import { guess } from './guess';
import type { StepSymbols } from './reverseTerms';
import type { Sampler } from './sampler';

/** Weights of x_t, x̂₀, and the x̂₀ of the step before in x_s. */
export interface MultistepWeights {
  xt: number;
  x0: number;
  x0Before: number;
}

/**
 * A step of DPM-Solver++(2M) from t to s (Lu et al. 2022, algorithm 2), h = λ_s − λ_t:
 * x_s = (σ_s/σ_t) x_t + √ᾱ_s (1 − e^−h) D, where D = (1 + 1/2r) x̂₀ − 1/2r x̂₀' and r = h'/h of the step before (`before`
 * its t). The first step and the one to the image have D = x̂₀.
 */
export function multistepWeights(
  diffusion: Diffusion,
  t: number,
  s: number,
  before?: number,
): MultistepWeights {
  if (s < 0) return { xt: 0, x0: 1, x0Before: 0 };
  const lambda = halfLogSnr(diffusion, t);
  const h = halfLogSnr(diffusion, s) - lambda;
  const spread = (at: number) => Math.sqrt(1 - alphaBarAt(diffusion, at));
  const toX0 = -Math.sqrt(alphaBarAt(diffusion, s)) * Math.expm1(-h);
  const back = before === undefined ? 0 : h / (2 * (lambda - halfLogSnr(diffusion, before)));
  return { xt: spread(s) / spread(t), x0: toX0 * (1 + back), x0Before: -toX0 * back };
}

/** DPM-Solver++(2M): the probability-flow ODE in λ, of second order, with one network evaluation a step. */
export const dpmSolver: Sampler = async function* (settings) {
  const { diffusion, timesteps } = settings;
  let x = settings.start;
  let last: Float32Array | undefined;
  for (const [i, t] of timesteps.entries()) {
    const previous = timesteps[i + 1] ?? -1;
    const { eps, x0 } = await guess(settings, x, t);
    const weights = multistepWeights(diffusion, t, previous, timesteps[i - 1]);
    x = weightedSum(weights.xt, x, weights.x0, x0);
    if (last && weights.x0Before !== 0) x = weightedSum(1, x, weights.x0Before, last);
    last = x0;
    yield { t, previous, eps, x0, x };
  }
};

export const definition: SamplerDefinition = {
  title: 'DPM-Solver++ (2M)',
  description: 'Second order from x̂₀ of the step before: very few steps, deterministic.',
  sampler: dpmSolver,
  options: [],
  defaults: { steps: 15, spacing: 'logSnr' },
  evaluations: (steps) => steps,
  order: 2,
  terms(diffusion, { t, previous, before }) {
    const weights = multistepWeights(diffusion, t, previous, before);
    const ratio: EquationText = { tex: String.raw`\tfrac{1}{2r}`, label: 'one over two r' };
    const toX0 = ({ alphaBarNext }: StepSymbols) =>
      product(root(alphaBarNext), { tex: '(1-e^{-h})', label: 'one minus e to the minus h' });
    return {
      mean: [
        {
          of: 'xt',
          weight: {
            value: weights.xt,
            formula: ({ alphaBar, alphaBarNext }) =>
              over(root(oneMinus(alphaBarNext)), root(oneMinus(alphaBar))),
          },
        },
        {
          of: 'x0',
          weight: {
            value: weights.x0,
            formula: (symbols) =>
              product(toX0(symbols), { tex: `(1+${ratio.tex})`, label: `one plus ${ratio.label}` }),
            note: 'h is the step in ½ log SNR, r the previous step divided by h',
          },
        },
        {
          of: 'x0Before',
          weight: {
            value: weights.x0Before,
            formula: (symbols) => negative(product(toX0(symbols), ratio)),
            note: 'x̂₀ of the step before',
          },
        },
      ],
      sigma: 0,
    };
  },
};
