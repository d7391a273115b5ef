/** Five significant digits as LaTeX and as text: -0.12346; 1.2346·10⁻⁶ where it is tiny. */
export function numberTexts(value: number): { tex: string; text: string } {
  if (value === 0) return { tex: '0', text: '0' };
  const size = Math.abs(value);
  if (size >= 1e-4 && size < 1e6) {
    const text = value.toPrecision(5);
    return { tex: text, text };
  }
  const [mantissa, power] = value.toExponential(4).split('e') as [string, string];
  return { tex: String.raw`${mantissa}\cdot10^{${Number(power)}}`, text: `${mantissa}e${Number(power)}` };
}

/** The same in brackets where a sign would stand behind another. */
export function factorTexts(value: number): { tex: string; text: string } {
  const { tex, text } = numberTexts(value);
  return value < 0 ? { tex: `(${tex})`, text: `(${text})` } : { tex, text };
}
