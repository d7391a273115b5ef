import type { Row } from './rows';

/** What stands between cells; a space means any number of spaces and tabs. */
export type Delimiter = ',' | ';' | '\t' | '|' | ' ' | null;

const QUOTE = 34;
const SPACE = 32;
const TAB = 9;

/** Where the cells of a row begin and end, white space and quotes around them left out. */
export function cellBounds(
  { bytes, start, end }: Row,
  delimiter: Delimiter,
  bounds: number[] = [],
): number[] {
  bounds.length = 0;
  const code = delimiter === null ? -1 : delimiter.charCodeAt(0);
  const isSpaced = delimiter === ' ';
  let at = start;
  if (isSpaced) while (at < end && isSpace(bytes[at] as number)) at++;
  for (let from = at; ; ) {
    let to = from;
    if (bytes[firstInk(bytes, from, end, code)] === QUOTE) {
      // A quote within is doubled, which ends and begins the quoted part again.
      for (let isQuoted = false; to < end && (isQuoted || bytes[to] !== code); to++)
        if (bytes[to] === QUOTE) isQuoted = !isQuoted;
    } else if (isSpaced) while (to < end && !isSpace(bytes[to] as number)) to++;
    else {
      const next = code < 0 ? -1 : bytes.indexOf(code, from);
      to = next < 0 || next > end ? end : next;
    }
    bounds.push(...inside(bytes, from, to));
    if (to >= end) return bounds;
    from = to + 1;
    if (isSpaced) {
      while (from < end && isSpace(bytes[from] as number)) from++;
      if (from >= end) return bounds;
    }
  }
}

/** The texts of a row's cells. */
export function cellTexts(row: Row, delimiter: Delimiter): string[] {
  const bounds = cellBounds(row, delimiter);
  return Array.from({ length: bounds.length / 2 }, (_, i) =>
    textOf(row.bytes, bounds[2 * i] as number, bounds[2 * i + 1] as number),
  );
}

const decoder = new TextDecoder();

export function textOf(bytes: Uint8Array, start: number, end: number): string {
  const text = decoder.decode(bytes.subarray(start, end));
  return text.includes('""') ? text.replaceAll('""', '"') : text;
}

function inside(bytes: Uint8Array, from: number, to: number): [number, number] {
  let [start, end] = [from, to];
  while (start < end && isSpace(bytes[start] as number)) start++;
  while (end > start && isSpace(bytes[end - 1] as number)) end--;
  if (end - start >= 2 && bytes[start] === QUOTE && bytes[end - 1] === QUOTE) return [start + 1, end - 1];
  return [start, end];
}

function firstInk(bytes: Uint8Array, from: number, end: number, code: number): number {
  let at = from;
  while (at < end && bytes[at] === SPACE && code !== SPACE) at++;
  return at < end ? at : from;
}

const isSpace = (byte: number) => byte === SPACE || byte === TAB;
