/** Whether all of many numbers are finite: 0 times any other is NaN. */
export function allFinite(values: ArrayLike<number>): boolean {
  let zero = 0;
  for (let i = 0; i < values.length; i++) zero += 0 * (values[i] as number);
  return zero === 0;
}
