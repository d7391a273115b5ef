import { withMinus } from './withMinus';

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A quantity in three significant digits: 0.0120, −1.94, 9,999, 4.04·10⁻⁵, ∞. */
export function formatQuantity(value: number): string {
  if (Math.abs(value) === Number.POSITIVE_INFINITY) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const exponent = Math.floor(Math.log10(Math.abs(value)));
  if (exponent < -4 || exponent > 5) {
    const [mantissa, power] = value.toExponential(2).split('e') as [string, string];
    return `${withMinus(mantissa)}·10${superscript(Number(power))}`;
  }
  return withMinus(exponent >= 2 ? Math.round(value).toLocaleString('en') : value.toPrecision(3));
}

/** A whole number as an exponent: "⁻⁴". */
export function superscript(value: number): string {
  const digits = [...String(Math.abs(value))].map((digit) => superscripts[Number(digit)]).join('');
  return value < 0 ? `⁻${digits}` : digits;
}

/** Three decimals, or as many as wanted: −0.123. */
export function formatSigned(value: number, decimals = 3): string {
  return withMinus(value.toFixed(decimals));
}
