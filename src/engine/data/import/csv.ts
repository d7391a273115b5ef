import { picturesOfArray } from './arrays';
import { ImportError, type ImportedPicture } from './pixels';

/**
 * A picture a row: square, grey, its pixels in reading order, separated by commas, semicolons or tabs. One more column is
 * the class: that which a header calls 'label' or 'class', else the first. Throws ImportError that names line and column.
 */
export function parseCsv(text: string, name: string): ImportedPicture[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const first = lines[0];
  if (first === undefined) throw new ImportError(`${name} is empty.`);
  const separator = [',', ';', '\t'].find((candidate) => first.includes(candidate)) ?? ',';
  const cells = (line: string) => line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
  const header = cells(first);
  const hasHeader = header.slice(1).some((cell) => cell === '' || Number.isNaN(Number(cell)));
  const rows = (hasHeader ? lines.slice(1) : lines).map(cells);
  if (rows.length === 0) throw new ImportError(`${name} has a header but no picture.`);
  const columns = header.length;
  const labelled = !isSquare(columns) && isSquare(columns - 1);
  if (!labelled && !isSquare(columns)) {
    throw new ImportError(
      `${name} has ${columns} columns: a row must hold a square picture, say 64 pixels for 8×8, and at most one class.`,
    );
  }
  const named = hasHeader ? header.findIndex((cell) => /^(label|class)$/i.test(cell)) : -1;
  const label = labelled ? Math.max(0, named) : -1;
  const size = labelled ? columns - 1 : columns;
  const values = new Float64Array(rows.length * size);
  const classes = rows.map((row, index) => {
    const line = index + (hasHeader ? 2 : 1);
    if (row.length !== columns)
      throw new ImportError(`${name}, line ${line} has ${row.length} columns, but the first has ${columns}.`);
    let at = index * size;
    row.forEach((cell, column) => {
      if (column === label) return;
      const value = Number(cell);
      if (cell === '' || !Number.isFinite(value))
        throw new ImportError(
          `${name}, line ${line}, column ${column + 1}: '${cell.slice(0, 20)}' is no number.`,
        );
      values[at++] = value;
    });
    return labelled ? (row[label] as string) : null;
  });
  const pictures = picturesOfArray({ shape: [rows.length, size], values, bytes: false }, name);
  return pictures.map((picture, index) => ({ ...picture, className: classes[index] ?? null }));
}

function isSquare(count: number): boolean {
  return count > 0 && Number.isInteger(Math.sqrt(count));
}
