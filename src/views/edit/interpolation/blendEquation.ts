import type { Blend } from '../../../engine/diffusion/interpolation';
import type { EquationText } from '../../../engine/diffusion/samplers/equationText';
import type { Mixture } from './usePair';

/** x̄_t in symbols. */
export function blendSymbols(blend: Blend): EquationText {
  if (blend === 'linear') {
    return {
      tex: String.raw`\bar x_t = (1-\lambda)\,x_t + \lambda\,x'_t`,
      label: 'x bar t equals one minus lambda times x t, plus lambda times x prime t',
    };
  }
  return {
    tex: String.raw`\bar x_t = \tfrac{\sin((1-\lambda)\Omega)}{\sin\Omega}\,x_t + \tfrac{\sin(\lambda\Omega)}{\sin\Omega}\,x'_t`,
    label:
      'x bar t equals the sine of one minus lambda times omega over the sine of omega times x t, plus the sine of lambda omega over the sine of omega times x prime t',
  };
}

/** x̄_t with its numbers: x̄_400 = 0.500 x_400 + 0.500 x′_400. */
export function blendNumbers({ t, weights: { from, to } }: Mixture): EquationText {
  const [a, b] = [from.toFixed(3), to.toFixed(3)];
  return {
    tex: String.raw`\bar x_{${t}} = ${a}\,x_{${t}} + ${b}\,x'_{${t}}`,
    label: `x bar ${t} equals ${a} times x ${t} plus ${b} times x prime ${t}`,
  };
}
