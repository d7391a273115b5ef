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

/** The same in at most so many intervals, each as long as a few of before. */
export function coarserLosses(losses: ThinnedLosses, most: number): ThinnedLosses {
  const { before, end, interval, mean, least, greatest } = losses;
  const factor = Math.max(1, Math.ceil(mean.length / most));
  const coarse: ThinnedLosses = {
    before,
    end,
    interval: interval * factor,
    mean: [],
    least: [],
    greatest: [],
  };
  for (let first = 0; first < mean.length; first += factor) {
    const known = (values: number[]) => values.slice(first, first + factor).filter(Number.isFinite);
    const means = known(mean);
    const of = (value: () => number) => rounded(means.length > 0 ? value() : Number.NaN);
    coarse.mean.push(of(() => means.reduce((sum, loss) => sum + loss, 0) / means.length));
    coarse.least.push(of(() => Math.min(...known(least))));
    coarse.greatest.push(of(() => Math.max(...known(greatest))));
  }
  return coarse;
}

/** The last step of each interval. */
export function lastSteps({ before, end, interval, mean }: ThinnedLosses): number[] {
  return mean.map((_, i) => Math.min(before + (i + 1) * interval, end));
}

/** Six digits: what a float32 loss is worth as text. */
export function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
