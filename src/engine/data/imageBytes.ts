/** A byte a value, as it is drawn: −1 is 0 (black), 1 is 255 (white), values beyond are clipped, NaN is black. */
export function imageBytes(values: Float32Array): Uint8ClampedArray<ArrayBuffer> {
  const bytes = new Uint8ClampedArray(values.length);
  for (let i = 0; i < values.length; i++) bytes[i] = ((values[i] as number) + 1) * 127.5;
  return bytes;
}
