import { betasFromAlphaBar } from './fromAlphaBar';
import { monotone } from './monotone';

const PREFIX = 'drawn:';
/** ᾱ at u = 1/8, 2/8 … 1 of the way; at u = 0 it is 1. */
export const drawnPoints = 8;
/** Least fall of ᾱ from one point to the next, and least ᾱ at the end: below it float32 tells no image from noise. */
export const leastFall = 0.001;

/** The schedule id of ᾱ drawn through `points`: the values themselves, so that it travels with config and link. */
export function drawnSchedule(points: readonly number[]): string {
  return PREFIX + points.map((value) => String(Number(value.toFixed(3)))).join(',');
}

/** The points of such an id; null for any other, and for points that are not as many or do not fall within (0, 1). */
export function parseDrawnSchedule(id: string): number[] | null {
  if (!id.startsWith(PREFIX)) return null;
  const points = id.slice(PREFIX.length).split(',').map(Number);
  const falls = points.every((value, i) => {
    const before = points[i - 1] ?? 1;
    return value > 0 && before - value >= leastFall - 1e-9;
  });
  return points.length === drawnPoints && falls ? points : null;
}

/** β_t of an ᾱ that falls smoothly through the points. */
export function drawnBetas(points: readonly number[], nSteps: number): Float64Array {
  return betasFromAlphaBar(nSteps, monotone([1, ...points]));
}
