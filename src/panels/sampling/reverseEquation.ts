import type { EquationText } from '../../engine/diffusion/samplers/equationText';
import {
  type Quantity,
  type ReverseTerms,
  stepSymbols,
  type Weight,
} from '../../engine/diffusion/samplers/reverseTerms';
import type { ShownTerms } from './reverseTerms';

const x0 = String.raw`\htmlClass{signal}{\hat x_0}`;

/** The quantities of a step from x_t, where t is a symbol or a number. */
const quantities: Record<Quantity, (t: string) => EquationText> = {
  xt: (t) => ({ tex: `x_{${t}}`, label: `x ${t}` }),
  x0: () => ({ tex: x0, label: 'the predicted image x hat zero' }),
  eps: () => ({
    tex: String.raw`\htmlClass{noise}{\varepsilon_\theta}`,
    label: 'the predicted noise epsilon theta',
  }),
  velocity: () => ({ tex: String.raw`u_\theta`, label: 'the velocity u theta' }),
  x0Before: () => ({ tex: `${x0}'`, label: 'the predicted image of the step before' }),
};

/** p(x_s | x_t) in symbols; `noisy` where σ > 0, `everyStep` where s is always t − 1. */
export function reverseDistribution(noisy: boolean, everyStep: boolean): EquationText {
  const [s, spoken] = everyStep ? ['t-1', 't minus 1'] : ['s', 's'];
  const spread = noisy ? String.raw`\sigma_t^2 I` : '0';
  return {
    tex: String.raw`p_\theta(x_{${s}} \mid x_t) = \mathcal{N}(\mu_\theta,\, ${spread})`,
    label: `x ${spoken} given x t is normal around mu theta with ${noisy ? 'the variance sigma t squared' : 'no variance'}`,
  };
}

/** μ_θ in symbols. */
export function reverseMean(terms: ReverseTerms, everyStep: boolean): EquationText {
  const symbols = stepSymbols(everyStep);
  const { tex, label } = meanText(terms, 't', ({ formula }) => formula(symbols));
  return { tex: String.raw`\mu_\theta = ${tex}`, label: `mu theta equals ${label}` };
}

/** The step that was taken, with its numbers: x_412 = 1.0103 (x_413 − 0.0213 ε_θ) + 0.1417 z. */
export function reverseNumbers(terms: ShownTerms): EquationText {
  const { t, s, sigma } = terms;
  const { tex, label } = meanText(terms, String(t), ({ value }) => numberText(value));
  const [added, spoken] = noiseText(sigma);
  return { tex: `x_{${s}} = ${tex}${added}`, label: `x ${s} equals ${label}${spoken}` };
}

function noiseText(sigma: ReverseTerms['sigma']): [tex: string, label: string] {
  if (sigma === 0) return ['', ''];
  if (sigma === 'learned')
    return [String.raw` + \sigma_\theta\,z`, ', plus the learned sigma theta times fresh noise z'];
  return [String.raw` + ${digits(sigma)}\,z`, `, plus ${digits(sigma)} times fresh noise z`];
}

/** scale · Σ weight · quantity, each weight written as a formula or as a number. */
function meanText(
  { scale, mean }: ReverseTerms,
  t: string,
  written: (weight: Weight) => EquationText,
): EquationText {
  const sum = mean.reduce<EquationText>(
    (text, { of, weight }, i) => {
      const quantity = quantities[of](t);
      const factor = weight && written(weight);
      const [plus, spokenPlus] = i === 0 || factor?.tex.startsWith('-') ? ['', ''] : ['+ ', 'plus '];
      const term = factor ? String.raw`${factor.tex}\,${quantity.tex}` : quantity.tex;
      const spoken = factor ? `${factor.label} times ${quantity.label}` : quantity.label;
      return {
        tex: `${text.tex} ${plus}${term}`,
        label: `${text.label}${i === 0 ? '' : ', '}${spokenPlus}${spoken}`,
      };
    },
    { tex: '', label: '' },
  );
  if (!scale) return sum;
  const factor = written(scale);
  return {
    tex: String.raw`${factor.tex}\,\bigl(${sum.tex}\bigr)`,
    label: `${factor.label} times the sum of ${sum.label}`,
  };
}

/** −0.0213, with the sign as a word for screen readers. */
function numberText(value: number): EquationText {
  const text = digits(Math.abs(value));
  return value < 0 ? { tex: `-${text}`, label: `minus ${text}` } : { tex: text, label: text };
}

/** Four decimals: the width of the equation stays the same from step to step. */
function digits(value: number): string {
  return value.toFixed(4);
}
