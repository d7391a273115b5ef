import type { LossHistory } from '../../store/lossHistory';

/** Raw and smoothed loss over the step, with at most a few points a pixel of a plot. */
export interface LossCurve {
  steps: Float64Array;
  raw: Float32Array;
  smoothed: Float32Array;
}

/**
 * The curve of a history in at most `maxPoints` points: of every stretch of steps the one with the least and the one with
 * the greatest loss, so that no spike is lost. Steps without a loss are left out.
 */
export function lossCurve(
  { before, raw, smoothed }: Pick<LossHistory, 'before' | 'raw' | 'smoothed'>,
  maxPoints: number,
): LossCurve {
  const stretch = Math.max(1, Math.ceil(raw.length / Math.max(1, Math.floor(maxPoints / 2))));
  const chosen: number[] = [];
  if (stretch <= 2) for (let i = 0; i < raw.length; i++) chosen.push(i);
  else
    for (let first = 0; first < raw.length; first += stretch) chosen.push(...extremes(raw, first, stretch));
  const known = chosen.filter((i) => Number.isFinite(raw[i]));
  return {
    steps: Float64Array.from(known, (i) => before + i + 1),
    raw: Float32Array.from(known, (i) => raw[i] as number),
    smoothed: Float32Array.from(known, (i) => smoothed[i] as number),
  };
}

/** Indices of the least and the greatest of a stretch, ascending; NaN is neither. */
function extremes(values: Float32Array, first: number, length: number): number[] {
  const end = Math.min(first + length, values.length);
  let least = -1;
  let greatest = -1;
  for (let i = first; i < end; i++) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) continue;
    if (least < 0 || value < (values[least] as number)) least = i;
    if (greatest < 0 || value > (values[greatest] as number)) greatest = i;
  }
  if (least < 0) return [];
  return least === greatest ? [least] : [Math.min(least, greatest), Math.max(least, greatest)];
}
