/** A root mean square of values that span [−1, 1], as one compares them: 0, 0.0042, 0.13, 1.0. */
export function formatRms(value: number): string {
  if (value === 0) return '0';
  return value < 0.0001 ? '< 0.0001' : value.toPrecision(2);
}
