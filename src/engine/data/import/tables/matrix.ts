import { countOf, type NumberArray } from '../arrays/numberArray';
import { bytesSource } from '../files/byteSource';
import { numbersOfRow } from './numbers';
import { rowsOf } from './rows';
import type { Table } from './table';

/** A matrix has at least so many columns. */
const SMALLEST = 8;
const LARGEST = 4096;

/** A table without a header that has as many rows as columns, all of numbers, is an array: one image. Null for any other. */
export async function matrixOf({
  name,
  source,
  start,
  header,
  delimiter,
  columns,
  sample,
}: Table): Promise<NumberArray | null> {
  const isNumeric = sample.numbers.every((row) => !row.some(Number.isNaN));
  const side = Math.sqrt(columns - 1);
  // As many images as each has pixels and a class is rather a table of images.
  const isLabelled = side >= SMALLEST && Number.isInteger(side);
  if (header || !isNumeric || isLabelled || columns < SMALLEST || columns > LARGEST) return null;
  if (sample.rows.length > columns) return null;
  const values = new Float64Array(columns * columns);
  let rowCount = 0;
  for await (const rows of rowsOf(source, name, start))
    for (const row of rows) {
      if (rowCount === columns) return null;
      const out = values.subarray(rowCount * columns, (rowCount + 1) * columns);
      if (numbersOfRow(row, delimiter, out) !== columns) return null;
      rowCount++;
    }
  if (rowCount !== columns) return null;
  const shape = [columns, columns];
  return {
    ...{ name, shape, fortran: false, start: 0 },
    type: { kind: 'real', bytes: 8, bigEndian: false },
    source: bytesSource(new Uint8Array(values.buffer, 0, 8 * countOf({ shape }))),
  };
}
