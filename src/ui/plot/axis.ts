import { superscript } from '../formatQuantity';
import { withMinus } from '../withMinus';

/**
 * Powers of ten within the limits; with others between them, or evenly spaced, where that gives too few. More than `most`, 3 at
 * least, are thinned out.
 */
export function logTicks(min: number, max: number, most: number): number[] {
  const powers = ticksOf(min, max, [1]);
  if (powers.length >= 3) return thinned(powers, Math.min(most, 6));
  const [dense, sparse] = [ticksOf(min, max, [1, 2, 5]), ticksOf(min, max, [1, 3])];
  if (dense.length > most && sparse.length >= 3) return thinned(sparse, most);
  return thinned(dense.length >= 3 ? dense : evenTicks(min, max), most);
}

/** The powers of two within the limits. */
export function powersOfTwo(min: number, max: number): number[] {
  const first = Math.ceil(Math.log2(min));
  return Array.from(
    { length: Math.max(0, Math.floor(Math.log2(max)) - first + 1) },
    (_, i) => 2 ** (first + i),
  );
}

/** Limits of a logarithmic axis: the data and a little room, from a tenth of the least to ten times the most at worst. */
export function logRange(min: number, max: number): [number, number] {
  if (!(min > 0 && max > 0)) return [0.1, 1];
  const room = Math.max((max / min) ** 0.06, 1.05);
  return [min / room, max * room];
}

/** A number beside an axis: as few characters as say it, "0.02", "10⁻⁴", "2k", "−5". */
export function formatTick(value: number): string {
  return withMinus(tickText(value));
}

function tickText(value: number): string {
  if (value === 0) return '0';
  const magnitude = Math.abs(value);
  if (magnitude >= 1e4)
    return Number((value / 1000).toPrecision(4)) < 1000 ? `${value / 1000}k` : power(value);
  if (magnitude >= 1e-3) return String(Number(value.toPrecision(6)));
  return power(value);
}

function power(value: number): string {
  const [mantissa, exponent] = Number(value.toPrecision(3)).toExponential().split('e') as [string, string];
  const ten = `10${superscript(Number(exponent))}`;
  return Math.abs(Number(mantissa)) === 1 ? mantissa.replace('1', ten) : `${mantissa}·${ten}`;
}

/** Three to seven ticks at multiples of 1, 2 or 5 of a power of ten. */
function evenTicks(min: number, max: number): number[] {
  const rough = (max - min) / 3;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const increment = unit * ([5, 2, 1].find((factor) => factor * unit <= rough) ?? 1);
  const ticks: number[] = [];
  for (let i = Math.ceil(min / increment); i * increment <= max; i++) {
    ticks.push(Number((i * increment).toPrecision(12)));
  }
  return ticks;
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
