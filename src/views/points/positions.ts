import type { Paths } from '../../engine/points/paths';

/** Where the points of paths are at an engine's t, −1 … T−1: between two times that were kept, on the straight line. */
export function positionsAt({ times, positions }: Paths, t: number): Float32Array {
  const last = times.length - 1;
  const rising = (times[0] as number) < (times[last] as number);
  // The first time at or past t in the direction of the path.
  const found = times.findIndex((time) => (rising ? time >= t : time <= t));
  const after = found < 0 ? last : found;
  if (after === 0) return positions[0] as Float32Array;
  const [a, b] = [times[after - 1] as number, times[after] as number];
  const share = Math.max(0, Math.min(1, (t - a) / (b - a)));
  const [from, to] = [positions[after - 1] as Float32Array, positions[after] as Float32Array];
  return from.map((x, i) => x + share * ((to[i] as number) - x));
}
