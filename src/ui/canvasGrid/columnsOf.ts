/**
 * Columns of a grid: as square as its count allows. Where the pictures take `nClasses` classes in turn, a number near to that
 * which divides nClasses, so that a column has always the same classes; where there is none, as square as can be.
 */
export function columnsOf(count: number, nClasses = 0): number {
  const square = Math.sqrt(count);
  const farness = (columns: number) => Math.abs(Math.log(columns / square));
  const [nearest] = Array.from({ length: nClasses }, (_, i) => i + 1)
    .filter((columns) => nClasses % columns === 0 && columns <= count)
    .sort((a, b) => farness(a) - farness(b));
  return nearest !== undefined && farness(nearest) < Math.log(2) ? nearest : Math.ceil(square);
}
