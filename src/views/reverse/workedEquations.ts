import type { ReverseStep } from '../../engine/diffusion/reverseStep';
import type { EquationText } from '../../engine/diffusion/samplers/equationText';
import type { Prediction } from './state';
import { factorTexts, numberTexts } from './texNumber';

/** What the equations of one pixel are about. */
export interface PixelOf {
  guess: Prediction;
  step: ReverseStep;
  clipX0: boolean;
  /** Index in an image HWC. */
  at: number;
}

export type QuantityName =
  | 'xt'
  | 'eps'
  | 'x0'
  | 'posteriorMean'
  | 'meanFromEps'
  | 'meanFromX0'
  | 'spread'
  | 'next';

type Kind = 'signal' | 'noise' | 'plain';
type Part = string | { value: number; kind?: Kind; factor?: boolean };

/** Words for screen readers of the LaTeX that stands between numbers; longest first. */
const spoken: [string, string][] = [
  [String.raw`\left(`, '('],
  [String.raw`\right)`, ')'],
  [String.raw`\cdot`, '×'],
  [String.raw`\to`, 'cut to'],
  [' - ', ' − '],
];

/** An equation of numbers: LaTeX with those of the image and the noise in their colours, and the same as plain text. */
function worked(parts: readonly Part[]): EquationText {
  let [tex, label] = ['', ''];
  for (const part of parts) {
    if (typeof part === 'string') {
      tex += part;
      label += spoken.reduce((text, [from, to]) => text.replaceAll(from, to), part);
      continue;
    }
    const { value, kind = 'plain', factor = false } = part;
    const texts = factor ? factorTexts(value) : numberTexts(value);
    tex += kind === 'plain' ? texts.tex : String.raw`\htmlClass{${kind}}{${texts.tex}}`;
    label += texts.text;
  }
  return { tex, label };
}

const signal = (value: number): Part => ({ value, kind: 'signal', factor: true });
const noise = (value: number): Part => ({ value, kind: 'noise', factor: true });
const plain = (value: number): Part => ({ value });
const factor = (value: number): Part => ({ value, factor: true });
/** A fraction bar in LaTeX; plain text has brackets and a slash. */
function over(top: EquationText, bottom: EquationText): EquationText {
  return { tex: String.raw`\frac{${top.tex}}{${bottom.tex}}`, label: `(${top.label}) / ${bottom.label}` };
}
function joined(...texts: EquationText[]): EquationText {
  return { tex: texts.map(({ tex }) => tex).join(''), label: texts.map(({ label }) => label).join('') };
}

/** The equations of one pixel with their numbers in every term, by the quantity they give. */
export const workedEquations: Record<QuantityName, (pixel: PixelOf) => EquationText> = {
  xt: ({ guess, step: { constants, xt }, at }) =>
    worked([
      ...[plain(Math.sqrt(constants.alphaBar)), String.raw` \cdot `, signal(guess.x0[at] as number), ' + '],
      ...[plain(Math.sqrt(1 - constants.alphaBar)), String.raw` \cdot `, noise(guess.noise[at] as number)],
      ...[' = ', plain(xt[at] as number)],
    ]),

  eps: ({ guess, step, at }) => guessOf(guess, step, at),

  x0: ({ guess, step: { constants, xt, rawX0, x0 }, clipX0, at }) => {
    const [before, after] = [rawX0[at] as number, x0[at] as number];
    return joined(
      over(
        worked([
          ...[plain(xt[at] as number), ' - ', plain(Math.sqrt(1 - constants.alphaBar)), String.raw` \cdot `],
          noise(guess.eps[at] as number),
        ]),
        worked([plain(Math.sqrt(constants.alphaBar))]),
      ),
      worked([' = ', { value: before, kind: 'signal' }]),
      clipX0 && before !== after ? worked([String.raw` \to `, { value: after, kind: 'signal' }]) : worked([]),
    );
  },

  posteriorMean: ({ guess, step: { constants, xt, posteriorMean }, at }) =>
    ofPosterior(constants, guess.x0[at] as number, xt[at] as number, posteriorMean[at] as number),

  meanFromEps: ({ guess, step: { constants, xt, meanFromEps }, at }) => {
    const { alpha, beta, alphaBar } = constants;
    return joined(
      over(worked(['1']), worked([plain(Math.sqrt(alpha))])),
      worked([String.raw` \left( `, plain(xt[at] as number), ' - ']),
      over(worked([plain(beta)]), worked([plain(Math.sqrt(1 - alphaBar))])),
      worked([String.raw` \cdot `, noise(guess.eps[at] as number), String.raw` \right) = `]),
      worked([plain(meanFromEps[at] as number)]),
    );
  },

  meanFromX0: ({ step: { constants, x0, xt, meanFromX0 }, at }) =>
    ofPosterior(constants, x0[at] as number, xt[at] as number, meanFromX0[at] as number),

  spread: ({ guess, step: { sigmas, spread }, at }) =>
    worked([
      ...[plain(sigmas[at] as number), String.raw` \cdot `, noise(guess.z[at] as number)],
      ...[' = ', plain(spread[at] as number)],
    ]),

  next: ({ step: { mean, spread, next }, at }) =>
    worked([
      ...[plain(mean[at] as number), ' + ', factor(spread[at] as number), ' = ', plain(next[at] as number)],
    ]),
};

function ofPosterior(
  { coefX0, coefXt }: ReverseStep['constants'],
  x0: number,
  xt: number,
  mean: number,
): EquationText {
  return worked([
    ...[plain(coefX0), String.raw` \cdot `, signal(x0), ' + '],
    ...[plain(coefXt), String.raw` \cdot `, factor(xt), ' = ', plain(mean)],
  ]);
}

/** ε_θ as the network gives it, or as it follows from what the network gives. */
function guessOf({ objective, eps }: Prediction, step: ReverseStep, at: number): EquationText {
  const guessed = eps[at] as number;
  const { alphaBar } = step.constants;
  const [s, n] = [Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar)];
  const [xt, x0] = [step.xt[at] as number, step.rawX0[at] as number];
  const result: Part = { value: guessed, kind: 'noise' };
  if (objective === 'x0') {
    return joined(
      over(worked([plain(xt), ' - ', plain(s), String.raw` \cdot `, signal(x0)]), worked([plain(n)])),
      worked([' = ', result]),
    );
  }
  if (objective === 'v') {
    const v = s * guessed - n * x0;
    return worked([
      ...[plain(n), String.raw` \cdot `, factor(xt), ' + ', plain(s), String.raw` \cdot `, factor(v)],
      ...[' = ', result],
    ]);
  }
  if (objective === 'flow') {
    const u = guessed - x0;
    const sum = worked([plain(s), ' + ', plain(n)]);
    return joined(
      over(worked([plain(xt), ' + ', plain(s), String.raw` \cdot `, factor(u)]), {
        ...sum,
        label: `(${sum.label})`,
      }),
      worked([' = ', result]),
    );
  }
  return worked([result]);
}

/** β̃_t with its numbers. */
export function workedBetaTilde({ alphaBar, alphaBarBefore, beta, betaTilde }: ReverseStep['constants']) {
  return joined(
    over(worked([plain(1 - alphaBarBefore)]), worked([plain(1 - alphaBar)])),
    worked([String.raw` \cdot `, plain(beta), ' = ', plain(betaTilde)]),
  );
}
