/** √(mean of (a − b)²) over all values; both of the same length. */
export function rmsDifference(a: Float32Array, b: Float32Array): number {
  let squares = 0;
  for (let i = 0; i < a.length; i++) squares += ((a[i] as number) - (b[i] as number)) ** 2;
  return Math.sqrt(squares / a.length);
}
