import type { Random } from '../../training/random';

/** A set of points in the plane, about as wide as a standard normal distribution. */
export interface PointSetDefinition {
  title: string;
  /** One line for the control. */
  description: string;
  /** `[count, 2]`; where `fixedCount` is given that many, whatever is asked for. */
  points(count: number, random: Random): Float32Array;
  /** Where the number of points belongs to the set. */
  fixedCount?: number;
}

/** Points of a function of 0 … count−1, about the origin and of mean square 1 a coordinate. */
export function normalized(count: number, place: (index: number) => readonly [number, number]): Float32Array {
  const places = Array.from({ length: count }, (_, i) => place(i));
  const centre = [0, 1].map((k) => places.reduce((sum, p) => sum + (p[k] as number), 0) / count);
  const centred = places.map(([x, y]) => [x - (centre[0] as number), y - (centre[1] as number)] as const);
  const squares = centred.reduce((sum, [x, y]) => sum + x * x + y * y, 0);
  const scale = Math.sqrt((2 * count) / Math.max(squares, 1e-12));
  return Float32Array.from(centred.flatMap(([x, y]) => [x * scale, y * scale]));
}
