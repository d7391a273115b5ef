/**
 * A smooth curve through values at u = 0, 1/n … 1 that rises or falls only where they do: cubic pieces with the harmonic
 * mean of the neighbouring slopes (Fritsch and Butland 1984).
 */
export function monotone(values: readonly number[]): (u: number) => number {
  const last = values.length - 1;
  const at = (i: number) => values[i] as number;
  const slope = (i: number) => at(i + 1) - at(i);
  const tangents = values.map((_, i) => {
    if (i === 0) return slope(0);
    if (i === last) return slope(last - 1);
    const [before, after] = [slope(i - 1), slope(i)];
    return before * after <= 0 ? 0 : (2 * before * after) / (before + after);
  });
  return (u) => {
    const place = Math.min(Math.max(u, 0), 1) * last;
    const i = Math.min(last - 1, Math.floor(place));
    const s = place - i;
    const [m0, m1] = [tangents[i] as number, tangents[i + 1] as number];
    return (
      at(i) * (1 + 2 * s) * (1 - s) ** 2 +
      m0 * s * (1 - s) ** 2 +
      at(i + 1) * s * s * (3 - 2 * s) +
      m1 * s * s * (s - 1)
    );
  };
}
