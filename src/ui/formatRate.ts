/** A rate in two or three digits: "0.42", "8.7", "61", "3,950". */
export function formatRate(perSecond: number): string {
  if (perSecond >= 9.95)
    return Number(perSecond.toPrecision(3)).toLocaleString('en', { maximumFractionDigits: 0 });
  return perSecond.toPrecision(2);
}
