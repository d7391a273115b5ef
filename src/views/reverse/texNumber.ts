import { withMinus } from '../../ui/withMinus';

/**
 * Five significant digits as LaTeX and as text: −0.12346. Where it is tiny, 1.2346·10⁻⁶ is 1.2346e-6 as text: screen readers
 * leave out raised digits.
 */
export function numberTexts(value: number): { tex: string; text: string } {
  if (value === 0) return { tex: '0', text: '0' };
  const size = Math.abs(value);
  if (size >= 1e-4 && size < 1e6) {
    const tex = value.toPrecision(5);
    return { tex, text: withMinus(tex) };
  }
  const [mantissa, power] = value.toExponential(4).split('e') as [string, string];
  const exponent = Number(power);
  return { tex: String.raw`${mantissa}\cdot10^{${exponent}}`, text: `${withMinus(mantissa)}e${exponent}` };
}

/** The same in brackets where a sign would stand behind another. */
export function factorTexts(value: number): { tex: string; text: string } {
  const { tex, text } = numberTexts(value);
  return value < 0 ? { tex: `(${tex})`, text: `(${text})` } : { tex, text };
}
