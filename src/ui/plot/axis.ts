import { formatQuantity } from '../formatQuantity';

/** Powers of ten within the limits, with 2 and 5 between them where there are fewer than three. */
export function logTicks(min: number, max: number): number[] {
  const powers = ticksOf(min, max, [1]);
  if (powers.length >= 3) return thinned(powers, 6);
  const some = ticksOf(min, max, [1, 2, 5]);
  return some.length >= 2 ? some : ticksOf(min, max, [1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9]);
}

/** Limits of a logarithmic axis: the data and a little room, from a tenth of the least to ten times the most at worst. */
export function logRange(min: number, max: number): [number, number] {
  if (!(min > 0 && max > 0)) return [0.1, 1];
  const room = Math.max((max / min) ** 0.06, 1.05);
  return [min / room, max * room];
}

/** A number beside an axis: as few characters as say it, "0.02", "10⁻⁴", "2k". */
export function formatTick(value: number): string {
  if (value === 0) return '0';
  const magnitude = Math.abs(value);
  if (magnitude >= 1e4)
    return Number((value / 1000).toPrecision(4)) < 1000 ? `${value / 1000}k` : power(value);
  if (magnitude >= 1e-3) return String(Number(value.toPrecision(6)));
  return power(value);
}

function power(value: number): string {
  const text = formatQuantity(value);
  return text.replace(/^1\.00·/, '').replace(/\.?0+·/, '·');
}

function ticksOf(min: number, max: number, mantissas: number[]): number[] {
  const ticks: number[] = [];
  for (let exponent = Math.floor(Math.log10(min)); exponent <= Math.log10(max); exponent++) {
    for (const mantissa of mantissas) {
      const tick = Number(`${mantissa}e${exponent}`);
      if (tick >= min && tick <= max) ticks.push(tick);
    }
  }
  return ticks;
}

/** At most `count` of the ticks, evenly chosen from the last one back. */
function thinned(ticks: number[], count: number): number[] {
  const stride = Math.ceil(ticks.length / count);
  return ticks.filter((_, i) => (ticks.length - 1 - i) % stride === 0);
}
