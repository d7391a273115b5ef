/** A grid with a column for each class may be so much wider, or narrower, than a square one. */
const FARTHEST = Math.log(2.2);

/**
 * Columns of a grid: as square as its count allows. Where the images take `nClasses` classes in turn, a column a class if
 * that fills whole rows, else a number near to the square's which divides nClasses, so that a column has always the same
 * classes; where there is none, as square as can be.
 */
export function columnsOf(count: number, nClasses = 0): number {
  const square = Math.sqrt(count);
  const farness = (columns: number) => Math.abs(Math.log(columns / square));
  if (nClasses > 0 && count % nClasses === 0 && farness(nClasses) < FARTHEST) return nClasses;
  const [nearest] = Array.from({ length: nClasses }, (_, i) => i + 1)
    .filter((columns) => nClasses % columns === 0 && columns <= count)
    .sort((a, b) => farness(a) - farness(b));
  return nearest !== undefined && farness(nearest) < Math.log(2) ? nearest : Math.ceil(square);
}

/** The classes of each column, where images take `nClasses` classes in turn; none where a column has others in each row. */
export function classesOfColumns(columns: number, nClasses: number): number[][] {
  if (nClasses % columns !== 0) return [];
  return Array.from({ length: columns }, (_, column) =>
    Array.from({ length: nClasses / columns }, (_, i) => column + i * columns),
  );
}
