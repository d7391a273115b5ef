/** What repeated timings say: the median, and the quartiles around it. Milliseconds, or what the values were in. */
export interface Spread {
  median: number;
  low: number;
  high: number;
  count: number;
}

/** Median and quartiles (linear interpolation between the sorted values). Throws for no values. */
export function spreadOf(values: readonly number[]): Spread {
  if (values.length === 0) throw new Error('There is no spread of no values.');
  const sorted = [...values].sort((a, b) => a - b);
  const quantile = (share: number) => {
    const place = share * (sorted.length - 1);
    const below = sorted[Math.floor(place)] as number;
    const above = sorted[Math.ceil(place)] as number;
    return below + (above - below) * (place - Math.floor(place));
  };
  return { median: quantile(0.5), low: quantile(0.25), high: quantile(0.75), count: sorted.length };
}
