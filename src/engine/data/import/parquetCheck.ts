import type { FileMetaData, SchemaTree } from 'hyparquet';
import type { ByteSource } from './files/byteSource';

/** Rows of images take more than a bit each, however well they are packed. */
const MOST_ROWS_PER_BYTE = 8;
/** A page's header with its statistics is shorter. */
const LONGEST_HEADER = 2 ** 16;
/** What a page unpacks to at most, beside its packed size. */
const LARGEST_RATIO = 2048;

/**
 * Checks what a Parquet file announces of its rows and pages: the library that reads it believes all of it, and a damaged number
 * would keep it busy for ever. Throws Error.
 */
export async function checkParquet(metadata: FileMetaData, source: ByteSource): Promise<void> {
  const { num_rows, row_groups } = metadata;
  const rows = row_groups.map((group) => Number(group.num_rows));
  const total = rows.reduce((sum, one) => sum + one, 0);
  if (total !== Number(num_rows) || rows.some((one) => one < 0) || total > MOST_ROWS_PER_BYTE * source.size)
    throw new Error(`it announces ${num_rows} rows in ${source.size} bytes`);
  const { parquetSchema } = await import('hyparquet');
  const leaves = leavesOf(parquetSchema(metadata));
  for (const { columns } of row_groups) {
    // A part of a column that is no leaf would be read, and its failure told to nobody.
    const parts = columns.map(({ meta_data }) => JSON.stringify(meta_data?.path_in_schema));
    if (parts.join() !== leaves.join()) throw new Error('its columns are not what it says');
    for (const { meta_data } of columns) {
      if (!meta_data) throw new Error('it does not describe its columns');
      const { dictionary_page_offset, data_page_offset, total_compressed_size, num_values } = meta_data;
      const start = Number(dictionary_page_offset || data_page_offset);
      await checkPages(source, start, start + Number(total_compressed_size), Number(num_values));
    }
  }
}

/** The paths of the columns that hold values, in the order that a row group has them. */
function leavesOf({ path, children }: SchemaTree): string[] {
  return children.length > 0 ? children.flatMap(leavesOf) : [JSON.stringify(path)];
}

/**
 * Checks that the columns of a Parquet file form a tree, before the library looks for it in vain. Throws Error.
 */
export async function checkSchema(source: ByteSource): Promise<void> {
  const tail = await source.read(source.size - 8, source.size);
  const length = new DataView(tail.buffer, tail.byteOffset, tail.byteLength).getUint32(0, true);
  if (length > source.size - 8) throw new Error('it is cut off');
  const bytes = await source.read(source.size - 8 - length, source.size - 8);
  const { deserializeTCompactProtocol } = await import('hyparquet/src/thrift.js');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const schema: unknown = deserializeTCompactProtocol({ view, offset: 0 }).field_2;
  const children = Array.isArray(schema) ? schema.map((element) => Number(element?.field_5 ?? 0)) : [];
  const isTree =
    children.every((count) => isWithin(count, 0, children.length)) &&
    children.reduce((sum, count) => sum + count, 0) === children.length - 1;
  if (!isTree) throw new Error('its columns are not what it says');
}

async function checkPages(source: ByteSource, start: number, end: number, values: number): Promise<void> {
  const damaged = new Error('its pages are not what it says');
  if (!(start >= 4 && end <= source.size && values >= 0)) throw damaged;
  const { parquetHeader } = await import('hyparquet/src/column.js');
  for (let at = start; at < end - 1; ) {
    const bytes = await source.read(at, Math.min(end, at + LONGEST_HEADER));
    const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
    const page = parquetHeader(reader);
    const packed = page.compressed_page_size;
    const { data_page_header: first, data_page_header_v2: second, dictionary_page_header: dictionary } = page;
    const isSound =
      isWithin(packed, 0, end - at) &&
      isWithin(page.uncompressed_page_size, 0, LARGEST_RATIO * (packed + 1)) &&
      [first, second, dictionary].every((header) => !header || isWithin(header.num_values, 0, values)) &&
      (!second ||
        (isWithin(second.num_rows, 0, values) &&
          isWithin(second.definition_levels_byte_length, 0, packed) &&
          isWithin(second.repetition_levels_byte_length, 0, packed))) &&
      [first, second, dictionary, page.index_page_header].some((header) => header !== undefined);
    if (!isSound) throw damaged;
    at += reader.offset + packed;
  }
}

const isWithin = (value: unknown, least: number, most: number) =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
