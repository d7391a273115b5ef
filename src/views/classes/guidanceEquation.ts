import type { EquationText } from '../../engine/diffusion/samplers/equationText';
import type { GuidedPrediction } from './guessState';
import type { GuidedGuess } from './guidedGuess';

const conditional = String.raw`\htmlClass{signal}{\varepsilon_\theta(x_t, c)}`;
const unconditional = String.raw`\htmlClass{noise}{\varepsilon_\theta(x_t, \varnothing)}`;

/** ε̂ in symbols, in each of its two forms. */
export const guidanceSymbols: [EquationText, EquationText] = [
  {
    tex: String.raw`\hat\varepsilon = (1 + w)\,${conditional} - w\,${unconditional}`,
    label:
      'epsilon hat equals one plus w times the noise predicted for the class, minus w times the noise predicted for none',
  },
  {
    tex: String.raw`\phantom{\hat\varepsilon} = ${conditional} + w\,\bigl(${conditional} - ${unconditional}\bigr)`,
    label: 'which is the first of these plus w times the difference of both',
  },
];

/** ε̂ of the value that is pushed most, with its numbers. */
export function guidanceNumbers(
  { conditional: c, unconditional: u }: Pick<GuidedPrediction, 'conditional' | 'unconditional'>,
  { eps, place }: Pick<GuidedGuess, 'eps' | 'place'>,
  guidance: number,
): EquationText {
  const [ofClass, ofNone, both] = [c[place], u[place], eps[place]].map((value) =>
    decimals(value as number),
  ) as [string, string, string];
  const [more, less] = [trimmed(1 + guidance), trimmed(guidance)];
  return {
    tex: String.raw`${both} = ${more} \cdot \htmlClass{signal}{${bracketed(ofClass)}} - ${less} \cdot \htmlClass{noise}{${bracketed(ofNone)}}`,
    label: `${both} equals ${more} times ${ofClass} minus ${less} times ${ofNone}`,
  };
}

function decimals(value: number): string {
  return value.toFixed(3);
}

/** Three digits after the point at most: 3, 1.25. */
function trimmed(value: number): string {
  return String(Number(value.toFixed(3)));
}

function bracketed(number: string): string {
  return number.startsWith('-') ? `(${number})` : number;
}
