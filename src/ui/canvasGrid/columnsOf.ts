/** Columns beyond which pictures would be too small to be read. */
const mostColumns = 12;

/**
 * Columns of a grid: as square as its count allows, or a column a class where the pictures take `nClasses` classes in turn and
 * there is a picture of each.
 */
export function columnsOf(count: number, nClasses = 0): number {
  return nClasses > 1 && nClasses <= mostColumns && count >= nClasses
    ? nClasses
    : Math.ceil(Math.sqrt(count));
}
