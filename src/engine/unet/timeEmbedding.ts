/**
 * sin, then cos, of t · exp(−k ln(10⁴)/(half − 1)) for k < half = channels/2: `[t.length, channels]`, row-major.
 * Rounded to float32 as the reference does, or phases of large t would differ.
 */
export function timeEmbedding(t: ArrayLike<number>, channels: number): Float32Array {
  const half = channels / 2;
  const rate = Math.fround(-Math.log(10_000) / (half - 1));
  const table = new Float32Array(t.length * channels);
  for (let row = 0; row < t.length; row++) {
    for (let k = 0; k < half; k++) {
      const frequency = Math.fround(Math.exp(Math.fround(k * rate)));
      const phase = Math.fround((t[row] as number) * frequency);
      table[row * channels + k] = Math.sin(phase);
      table[row * channels + half + k] = Math.cos(phase);
    }
  }
  return table;
}
