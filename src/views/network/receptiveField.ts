/** Part of the whole magnitude that the counted pixels make up. */
const PART = 0.9;

/**
 * The gradient `[H,W,C]` as one value a pixel, which has the sign and the size of all channels together; the value of one
 * pixel; and how many pixels, the strongest first, make up 90 % of all magnitudes.
 */
export function receptiveField(
  gradient: Float32Array,
  channels: number,
  pixel: number,
): { values: Float32Array; own: number; pixels: number } {
  const values = new Float32Array(gradient.length / channels);
  for (let i = 0; i < values.length; i++) {
    const parts = gradient.subarray(i * channels, (i + 1) * channels);
    const sum = parts.reduce((a, b) => a + b, 0);
    values[i] = Math.sign(sum) * Math.hypot(...parts);
  }
  const magnitudes = values.map(Math.abs).sort().reverse();
  const whole = magnitudes.reduce((a, b) => a + b, 0);
  let [reached, pixels] = [0, 0];
  while (pixels < magnitudes.length && reached < PART * whole) reached += magnitudes[pixels++] as number;
  return { values, own: values[pixel] as number, pixels };
}
