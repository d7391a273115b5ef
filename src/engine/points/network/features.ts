import { timeEmbedding } from '../../unet/timeEmbedding';

/** Width of the sinusoidal time embedding. */
export const TIME_CHANNELS = 32;
/** Angular frequencies at which the network sees each coordinate, beside the coordinate itself. */
const FREQUENCIES = [1, 2, 4].map((k) => (k * Math.PI) / 2);

/** What the network sees of a point (x, y) at t: both coordinates, sines and cosines of them, and the time embedding. */
export const FEATURES = 2 + 4 * FREQUENCIES.length + TIME_CHANNELS;

/** Time embeddings of all t, [T, TIME_CHANNELS]. t is stretched to 0 … 1000, the range its frequencies are made for. */
export function timeTable(nSteps: number): Float32Array {
  const times = Array.from({ length: nSteps }, (_, t) => (1000 * t) / nSteps);
  return timeEmbedding(times, TIME_CHANNELS);
}

/** Writes the features of points [n, 2], the i-th at t(i), into rows [n, FEATURES]. */
export function writeFeatures(
  points: Float32Array,
  t: (index: number) => number,
  table: Float32Array,
  rows: Float32Array,
): void {
  let place = 0;
  for (let i = 0; i < points.length / 2; i++) {
    const x = points[2 * i] as number;
    const y = points[2 * i + 1] as number;
    rows[place++] = x;
    rows[place++] = y;
    for (const frequency of FREQUENCIES) {
      rows[place++] = Math.sin(frequency * x);
      rows[place++] = Math.cos(frequency * x);
      rows[place++] = Math.sin(frequency * y);
      rows[place++] = Math.cos(frequency * y);
    }
    const first = t(i) * TIME_CHANNELS;
    for (let k = 0; k < TIME_CHANNELS; k++) rows[place++] = table[first + k] as number;
  }
}
