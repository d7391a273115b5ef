/** The text of a number as the page shows it: with a minus sign (U+2212) where programs write a hyphen. */
export function withMinus(number: string): string {
  return number.replace(/^-/, '−');
}
