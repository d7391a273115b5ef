import { type ByteSource, chunksOf } from '../files/byteSource';
import { ImportError } from '../pixels';

/** A longer row is no row of a table. */
const LONGEST_ROW = 16 * 2 ** 20;
const NEWLINE = 10;
const QUOTE = 34;

/** A row as a stretch of bytes, without its end of line. */
export interface Row {
  bytes: Uint8Array;
  start: number;
  end: number;
  /** Where it begins in the file. */
  at: number;
}

/** The rows of a text from `from` on that are not empty; where `quotes` count, a quoted cell may have many lines. */
export async function* rowsOf(
  source: ByteSource,
  name: string,
  from = 0,
  quotes = true,
): AsyncGenerator<Row[]> {
  let rest = new Uint8Array();
  let at = from;
  for await (const chunk of chunksOf(source, from)) {
    const bytes = rest.length === 0 ? chunk : joined(rest, chunk);
    const { rows, used } = completeRows(bytes, at, quotes);
    yield rows;
    at += used;
    rest = bytes.slice(used);
    if (rest.length > LONGEST_ROW)
      throw new ImportError(`${name} has a row of more than ${LONGEST_ROW / 2 ** 20} MB.`);
  }
  if (rest.length > 0) yield trimmed(rest, 0, rest.length, at);
}

function completeRows(bytes: Uint8Array, at: number, quotes: boolean): { rows: Row[]; used: number } {
  const rows: Row[] = [];
  const hasQuotes = quotes && bytes.includes(QUOTE);
  let start = 0;
  for (;;) {
    const end = hasQuotes ? endOfQuotedRow(bytes, start) : bytes.indexOf(NEWLINE, start);
    if (end < 0) return { rows, used: start };
    rows.push(...trimmed(bytes, start, end, at + start));
    start = end + 1;
  }
}

function endOfQuotedRow(bytes: Uint8Array, start: number): number {
  let isQuoted = false;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) isQuoted = !isQuoted;
    else if (byte === NEWLINE && !isQuoted) return at;
  }
  return -1;
}

/** The row without white space at its end; none where it is empty. */
function trimmed(bytes: Uint8Array, start: number, end: number, at: number): Row[] {
  let last = end;
  while (last > start && isBlank(bytes[last - 1] as number)) last--;
  return last > start ? [{ bytes, start, end: last, at }] : [];
}

/** A trailing tab is an empty last cell. */
const isBlank = (byte: number) => byte === 13 || byte === 32;

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}
