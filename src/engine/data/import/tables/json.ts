import { readAll, type SourceFile, type Spool } from '../files/byteSource';
import { rowsOf } from './rows';
import { textTable } from './textTable';

/** A JSON text is read as a whole, if it is no larger than this; JSON lines one after another. */
const LARGEST = 64 * 2 ** 20;
/** Lines whose keys are the columns. */
const LOOKED_AT = 100;

type JsonRow = Readonly<Record<string, unknown>>;

/**
 * The table that JSON holds: an object a line or an array of objects, such as the Hugging Face Hub's metadata.jsonl; an object
 * of columns; or an object that gives each name its class. Null where a text is none of these.
 */
export async function jsonTable(file: SourceFile, newSpool: () => Spool): Promise<SourceFile | null> {
  const lines = await firstLines(file);
  if (lines.length > 1 && lines.every((line) => line !== null)) {
    const columns = columnsOf(lines as JsonRow[]);
    return textTable(file.name, columns, linesOf(file), newSpool());
  }
  if (file.size > LARGEST) return null;
  const rows = rowsOfValue(parsed(new TextDecoder().decode(await readAll(file))));
  return rows && textTable(file.name, columnsOf(rows), rows, newSpool());
}

/** Whether a text can be JSON of several values, by its first bytes. */
export function mayBeJson(head: Uint8Array): boolean {
  return /^(\ufeff)?\s*[[{]/.test(new TextDecoder('utf-8', { ignoreBOM: true }).decode(head));
}

async function firstLines(file: SourceFile): Promise<(JsonRow | null)[]> {
  const found: (JsonRow | null)[] = [];
  for await (const rows of rowsOf(file, file.name, 0, false))
    for (const { bytes, start, end } of rows) {
      found.push(objectOf(bytes.subarray(start, end)));
      if (found.length >= LOOKED_AT || found.at(-1) === null) return found;
    }
  return found;
}

/** Lines that are no objects become empty rows, which are left out as damaged. */
async function* linesOf(file: SourceFile): AsyncGenerator<JsonRow> {
  for await (const rows of rowsOf(file, file.name, 0, false))
    for (const { bytes, start, end } of rows) yield objectOf(bytes.subarray(start, end)) ?? {};
}

function objectOf(bytes: Uint8Array): JsonRow | null {
  const value = parsed(new TextDecoder().decode(bytes));
  return isObject(value) ? value : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const isObject = (value: unknown): value is JsonRow =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function columnsOf(rows: readonly JsonRow[]): string[] {
  return [...new Set(rows.slice(0, LOOKED_AT).flatMap((row) => Object.keys(row)))];
}

function rowsOfValue(value: unknown): JsonRow[] | null {
  if (Array.isArray(value)) return value.length > 0 && value.every(isObject) ? value : null;
  if (!isObject(value)) return null;
  const entries = Object.entries(value);
  const isPlain = (one: unknown) => typeof one === 'string' || typeof one === 'number';
  if (entries.length > 1 && entries.every(([, one]) => isPlain(one)))
    return entries.map(([file_name, label]) => ({ file_name, label }));
  const lengths = new Set(entries.map(([, column]) => (Array.isArray(column) ? column.length : -1)));
  const [length = 0] = lengths;
  if (lengths.size !== 1 || length < 1) return null;
  return Array.from({ length }, (_, row) =>
    Object.fromEntries(entries.map(([name, column]) => [name, (column as unknown[])[row]])),
  );
}
