import type { SourceFile, Spool } from '../files/byteSource';

/** Rows that are turned into text at a time. */
const AT_A_TIME = 2000;

/** Rows of values as a text with tabs and a header, which is read as any other table; a list becomes its numbers with spaces. */
export async function textTable(
  name: string,
  columns: readonly string[],
  rows: AsyncIterable<Readonly<Record<string, unknown>>> | Iterable<Readonly<Record<string, unknown>>>,
  spool: Spool,
): Promise<SourceFile> {
  const encoder = new TextEncoder();
  const lineOf = (texts: readonly string[]) =>
    texts.map((text) => `"${text.replaceAll('"', '""')}"`).join('\t');
  let lines = [lineOf(columns)];
  const flush = async () => {
    await spool.write(encoder.encode(`${lines.join('\n')}\n`));
    lines = [];
  };
  for await (const row of rows) {
    lines.push(lineOf(columns.map((column) => textOf(row[column]) ?? '')));
    if (lines.length >= AT_A_TIME) await flush();
  }
  if (lines.length > 0) await flush();
  return { ...(await spool.end()), name };
}

/** A value as the text of a cell; null where there is none. */
export function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  if (Array.isArray(value) || ArrayBuffer.isView(value))
    return Array.from(value as unknown as ArrayLike<unknown>, (one) => textOf(one) ?? '').join(' ');
  if (typeof value === 'object')
    return JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? Number(one) : one));
  return String(value);
}
