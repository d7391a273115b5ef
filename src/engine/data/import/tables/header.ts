/** Whether the first row of a table names its columns, by what stands in the other rows. */
export function hasHeader(first: readonly string[], rest: readonly (readonly string[])[]): boolean {
  const [second] = rest;
  if (!second) return first.every((cell) => Number.isNaN(numberIn(cell)) && cell !== '') && first.length > 1;
  if (isCounted(first)) return !rest.some(isCounted);
  const offset = second.length - first.length;
  const named = first.filter((cell, column) => {
    if (!Number.isNaN(numberIn(cell))) return false;
    const below = rest.map((row) => row[column + offset] ?? '');
    return below.filter((other) => !Number.isNaN(numberIn(other))).length > below.length / 2;
  });
  if (named.length > 0) return named.length > first.length / 20 || isColumnName(named[0] as string);
  // All columns are texts: the words of a header are not those of the rows.
  const isText = first.every((cell) => Number.isNaN(numberIn(cell)));
  return isText && first.some(isColumnName);
}

/** Numbers that only count the columns: 0, 1, 2 … as pandas writes them, or 0, 0.1, 0.2 … where it must tell equal ones apart. */
function isCounted(cells: readonly string[]): boolean {
  const [first = '', ...others] = cells;
  if (others.length < 8) return false;
  // The index column and the class have names of their own, or none.
  const counted = Number.isNaN(numberIn(first)) ? others : cells;
  const start = numberIn(counted[0] as string);
  if (counted.every((cell, i) => numberIn(cell) === start + i) && (start === 0 || start === 1)) return true;
  const [base = ''] = counted;
  return /^\d+$/.test(base) && counted.slice(1, 12).every((cell, i) => cell === `${base}.${i + 1}`);
}

const COLUMN_NAME =
  /^(id|ids|index|image|images|img|file|files|filename|file_?name|image_?(id|name|path|file)|path|name|names|label|labels|class|classes|target|category|breed|species|pixels?|usage|split|emotion|unnamed.*)$/i;

export function isColumnName(cell: string): boolean {
  return COLUMN_NAME.test(cell.trim());
}

function numberIn(cell: string): number {
  const text = cell.trim();
  return text === '' ? Number.NaN : Number(text.replace(',', '.'));
}
