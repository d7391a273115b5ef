import { cellBounds, type Delimiter } from './cells';
import type { Row } from './rows';

/** Numbers in text, read from bytes without making strings of them, for tables have tens of millions. */

const POWERS = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);
const decoder = new TextDecoder('latin1');

/** The number of the bytes [start, end), with a decimal point or comma; NaN where they are none. */
export function numberOf(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] as number) - 48;
    if (digit < 0 || digit > 9 || at - start > 14) return realOf(bytes, start, end);
    value = value * 10 + digit;
  }
  return end > start ? value : Number.NaN;
}

/** Sign, digits, a fraction, an exponent. */
function realOf(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  const sign = bytes[at] === 45 ? -1 : 1;
  if (bytes[at] === 45 || bytes[at] === 43) at++;
  let [value, digits, decimals, isFraction, isEmpty] = [0, 0, 0, false, true];
  for (; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte >= 48 && byte <= 57) {
      isEmpty = false;
      // Digits beyond a double's precision change no level.
      if (digits < 15) {
        value = value * 10 + (byte - 48);
        if (isFraction) decimals++;
      } else if (!isFraction) return Number(decoder.decode(bytes.subarray(start, end)));
      if (value > 0) digits++;
    } else if ((byte === 46 || byte === 44) && !isFraction) isFraction = true;
    else break;
  }
  if (isEmpty) return Number.NaN;
  let exponent = 0;
  if (at < end) {
    const rest = decoder.decode(bytes.subarray(at, end));
    const told = /^[eE]([+-]?\d{1,3})$/.exec(rest)?.[1];
    // Words such as inf and nan are no numbers here.
    if (told === undefined) return Number.NaN;
    exponent = Number(told);
  }
  const power = exponent - decimals;
  const scaled =
    power >= 0 ? value * (POWERS[power] ?? 10 ** power) : value / (POWERS[-power] ?? 10 ** -power);
  return sign * scaled;
}

const QUOTE = 34;

/** Puts the numbers of a row's cells into `out`, NaN where a cell is none, and returns how many cells there are. */
export function numbersOfRow(row: Row, delimiter: Delimiter, out: Float64Array): number {
  const { bytes, start, end } = row;
  const code = delimiter === null ? -1 : delimiter.charCodeAt(0);
  if (delimiter === ' ' || bytes.subarray(start, end).includes(QUOTE))
    return numbersOfCells(row, delimiter, out);
  let [at, cells] = [start, 0];
  for (;;) {
    const from = at;
    let value = 0;
    for (; at < end; at++) {
      const digit = (bytes[at] as number) - 48;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    if (at < end && bytes[at] !== code) {
      const next = code < 0 ? -1 : bytes.indexOf(code, at);
      at = next < 0 || next > end ? end : next;
      value = numberOfCell(bytes, from, at);
    } else if (at === from || at - from > 14) value = numberOfCell(bytes, from, at);
    if (cells < out.length) out[cells] = value;
    cells++;
    if (at >= end) return cells;
    at++;
  }
}

function numbersOfCells(row: Row, delimiter: Delimiter, out: Float64Array): number {
  const bounds = cellBounds(row, delimiter);
  const cells = bounds.length / 2;
  for (let i = 0; i < Math.min(cells, out.length); i++)
    out[i] = numberOf(row.bytes, bounds[2 * i] as number, bounds[2 * i + 1] as number);
  return cells;
}

function numberOfCell(bytes: Uint8Array, from: number, to: number): number {
  let [start, end] = [from, to];
  while (start < end && isSpace(bytes[start] as number)) start++;
  while (end > start && isSpace(bytes[end - 1] as number)) end--;
  return numberOf(bytes, start, end);
}

const isSpace = (byte: number) => byte === 32 || byte === 9;

/** All numbers of a cell that holds many, with spaces, commas or brackets between; NaN for each word that is none. */
export function numbersOfText(bytes: Uint8Array, start: number, end: number, out: Float64Array): number {
  let count = 0;
  for (let at = start; at < end; at++) {
    if (isBetween(bytes[at] as number)) continue;
    const from = at;
    while (at < end && !isBetween(bytes[at] as number)) at++;
    if (count < out.length) out[count] = numberOf(bytes, from, at);
    count++;
  }
  return count;
}

/** Spaces, ends of lines, commas, semicolons, and brackets of any kind. */
function isBetween(byte: number): boolean {
  return byte <= 32 || byte === 44 || byte === 59 || byte === 91 || byte === 93 || byte === 40 || byte === 41;
}
