import { type ByteSource, bytesSource, partOf, readAll, type SourceFile } from '../files/byteSource';
import { ImportError, limits } from '../pixels';
import { cellBounds, cellTexts, type Delimiter } from './cells';
import { hasHeader } from './header';
import { numbersOfRow } from './numbers';
import { type Row, rowsOf } from './rows';

/** Rows that are looked at to understand a table, at its beginning, in its middle and at its end. */
const SAMPLE = { first: 100, later: 50, bytes: 2 ** 20 } as const;

/** A text whose rows have the same number of cells. */
export interface Table {
  name: string;
  source: ByteSource;
  delimiter: Delimiter;
  columns: number;
  header: string[] | null;
  /** Where its rows begin, after the header. */
  start: number;
  /** Some rows of all parts of it. */
  sample: TableSample;
}

export interface TableSample {
  rows: Row[];
  /** Their cells as numbers, NaN where they are none. */
  numbers: Float64Array[];
  texts(row: number): string[];
}

/** Reads how a table is built. Null where a text is none. Throws ImportError where it is too much. */
export async function openTable(file: SourceFile): Promise<Table | null> {
  const { name } = file;
  const { source, start } = await decoded(file);
  const head = await someRows(source, name, start, SAMPLE.first, false);
  const [first] = head;
  if (!first) return null;
  const { delimiter, columns } = delimiterOf(head);
  if (columns === 0) return null;
  const firstCells = cellTexts(first, delimiter);
  const rest = head.slice(1).filter((row) => cellsOf(row, delimiter) === columns);
  const isHeader = hasHeader(
    firstCells,
    rest.map((row) => cellTexts(row, delimiter)),
  );
  const headEnd = head.at(-1)?.at ?? 0;
  const later = await Promise.all(
    [source.size / 2, source.size - SAMPLE.bytes / 4].map(async (wanted) => {
      const at = Math.max(headEnd, Math.floor(wanted));
      return someRows(source, name, at, SAMPLE.later, true);
    }),
  );
  const rows = [...(isHeader ? rest : head), ...later.flat()].filter(
    (row) => cellsOf(row, delimiter) === columns,
  );
  const numbers = rows.map((row) => {
    const cells = new Float64Array(columns);
    numbersOfRow(row, delimiter, cells);
    return cells;
  });
  return {
    ...{ name, source, delimiter, columns },
    header: isHeader ? headerOf(firstCells, columns) : null,
    start: isHeader ? (head[1]?.at ?? source.size) : start,
    sample: { rows, numbers, texts: (row) => cellTexts(rows[row] as Row, delimiter) },
  };
}

/** R leaves out the name of the column of row names. */
function headerOf(cells: string[], columns: number): string[] {
  return cells.length === columns - 1 ? ['', ...cells] : cells;
}

async function someRows(
  source: ByteSource,
  name: string,
  from: number,
  most: number,
  skipFirst: boolean,
): Promise<Row[]> {
  const part = partOf(source, from, Math.min(source.size - from, 16 * SAMPLE.bytes));
  const found: Row[] = [];
  let skipped = !skipFirst;
  for await (const rows of rowsOf(part, name)) {
    for (const row of rows) {
      if (!skipped) {
        skipped = true;
        continue;
      }
      // A copy: a row keeps the whole chunk alive.
      found.push({
        bytes: row.bytes.slice(row.start, row.end),
        start: 0,
        end: row.end - row.start,
        at: from + row.at,
      });
      if (found.length >= most) return found;
    }
  }
  return found;
}

/** A byte order mark tells UTF-16, which becomes UTF-8; that of UTF-8 is passed over. */
async function decoded(file: SourceFile): Promise<{ source: ByteSource; start: number }> {
  const mark = await file.read(0, 3);
  if (mark[0] === 0xef && mark[1] === 0xbb && mark[2] === 0xbf) return { source: file, start: 3 };
  const isLittle = mark[0] === 0xff && mark[1] === 0xfe;
  if (!isLittle && !(mark[0] === 0xfe && mark[1] === 0xff)) return { source: file, start: 0 };
  if (file.size > limits.bytes)
    throw new ImportError(`${file.name} is too large for UTF-16: save it as UTF-8.`);
  const text = new TextDecoder(isLittle ? 'utf-16le' : 'utf-16be').decode(await readAll(file));
  return { source: bytesSource(new TextEncoder().encode(text)), start: 0 };
}

const cellsOf = (row: Row, delimiter: Delimiter) => cellBounds(row, delimiter).length / 2;

/**
 * The delimiter with which most rows have the same number of cells, at least two: the one whose cells are most often numbers,
 * and spaces only where nothing else fits. Without one each row is one cell.
 */
function delimiterOf(rows: readonly Row[]): { delimiter: Delimiter; columns: number } {
  const found = ([',', ';', '\t', '|', ' '] as const).flatMap((delimiter) => {
    const counts = rows.map((row) => cellsOf(row, delimiter));
    const columns = modeOf(counts.length > 1 ? counts.slice(1) : counts);
    const share = counts.filter((count) => count === columns).length / counts.length;
    if (columns < 2 || share < (counts.length > 2 ? 0.6 : 0.5)) return [];
    return [
      { delimiter, columns, numbers: numericShare(rows, delimiter, columns) - (delimiter === ' ' ? 2 : 0) },
    ];
  });
  const [best] = found.sort((a, b) => b.numbers - a.numbers || b.columns - a.columns);
  return best ?? { delimiter: null, columns: 1 };
}

function numericShare(rows: readonly Row[], delimiter: Delimiter, columns: number): number {
  const cells = new Float64Array(columns);
  let [numeric, all] = [0, 0];
  for (const row of rows.slice(-10)) {
    const count = Math.min(columns, numbersOfRow(row, delimiter, cells));
    for (let i = 0; i < count; i++) if (!Number.isNaN(cells[i])) numeric++;
    all += columns;
  }
  return numeric / all;
}

function modeOf(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}
