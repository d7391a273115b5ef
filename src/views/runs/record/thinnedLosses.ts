import type { LossHistory } from '../../../store/lossHistory';

/** The losses of a run in intervals of equally many steps, so that a long run takes no more room than a short one. */
export interface ThinnedLosses {
  /** Steps before the first interval, and after the last one. */
  before: number;
  end: number;
  /** Steps in each interval; the last one may have fewer. */
  interval: number;
  /** Of each interval; NaN where no loss is known. */
  mean: number[];
  least: number[];
  greatest: number[];
}

/** More intervals than a plot has pixels. */
const MOST = 2048;

/** The intervals are as long as the least power of two that gives at most `most` of them. */
export function thinnedLosses(
  { before, length, raw }: Pick<LossHistory, 'before' | 'length' | 'raw'>,
  most = MOST,
) {
  let interval = 1;
  while (raw.length > most * interval) interval *= 2;
  const thinned: ThinnedLosses = { before, end: length, interval, mean: [], least: [], greatest: [] };
  for (let first = 0; first < raw.length; first += interval) {
    const known = raw.subarray(first, first + interval).filter(Number.isFinite);
    const sum = known.reduce((total, loss) => total + loss, 0);
    thinned.mean.push(rounded(known.length > 0 ? sum / known.length : Number.NaN));
    thinned.least.push(rounded(known.length > 0 ? known.reduce((a, b) => Math.min(a, b)) : Number.NaN));
    thinned.greatest.push(rounded(known.length > 0 ? known.reduce((a, b) => Math.max(a, b)) : Number.NaN));
  }
  return thinned;
}

/** The last step of each interval. */
export function lastSteps({ before, end, interval, mean }: ThinnedLosses): number[] {
  return mean.map((_, i) => Math.min(before + (i + 1) * interval, end));
}

/** Six digits: what a float32 loss is worth as text. */
export function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
