import type { FileMetaData, SchemaTree } from 'hyparquet';
import type { ByteSource, SourceFile, Spool } from './files/byteSource';
import { HEAD, kindOf } from './files/kind';
import type { ImageSet } from './imageSet';
import { announcedSize } from './images/announcedSize';
import { type DecodeImage, decoded } from './images/imageFile';
import { type Labels, labelsOfNames } from './labels';
import { checkParquet, checkSchema } from './parquetCheck';
import { type Bitmap, ImportError, type LeftOut, leftOutBy } from './pixels';
import { namesClass } from './tables/pixelColumns';
import { textOf, textTable } from './tables/textTable';

/** Rows that are read at a time, where there are no images. */
const AT_A_TIME = 2000;

interface ParquetFile {
  name: string;
  metadata: FileMetaData;
  /** The columns, structs included. */
  columns: SchemaTree[];
  /** What the Hugging Face Hub says of each column. */
  features: Readonly<Record<string, { _type?: string; names?: readonly string[] }>>;
  rows(columns: string[], from: number, to: number): Promise<Record<string, unknown>[]>;
}

/**
 * The images of a Parquet file as the Hugging Face Hub has them: a column of structs of `bytes` and `path`, or of bytes; the
 * names of the classes are in the metadata. A file without such a column comes as a table of text.
 */
export async function imagesOfParquet(
  file: SourceFile,
  decode: DecodeImage,
  newSpool: () => Spool,
): Promise<ImageSet | SourceFile> {
  const parquet = await openParquet(file);
  const column = await imageColumn(parquet);
  if (column === null) {
    const names = parquet.columns.map(({ element }) => element.name);
    return textTable(file.name, names, allRows(parquet), newSpool());
  }
  return {
    name: file.name,
    count: Number(parquet.metadata.num_rows),
    labels: await labelsOf(parquet, column),
    async *size(indices: ArrayLike<number>) {
      for await (const { bytes } of imageBytes(parquet, column, indices))
        yield bytes ? announcedSize(bytes) : null;
    },
    read: (indices: ArrayLike<number>) => readImages(parquet, column, indices, decode),
  };
}

async function openParquet(file: SourceFile): Promise<ParquetFile> {
  const { name } = file;
  const { parquetMetadataAsync, parquetReadObjects, parquetSchema } = await import('hyparquet');
  const { compressors } = await import('hyparquet-compressors');
  const source = asyncBuffer(file);
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw new ImportError(
        `${name} is damaged, or no Parquet file that can be read: ${(error as Error).message}`,
      );
    }
  };
  return guarded(async () => {
    await checkSchema(file);
    const metadata = await parquetMetadataAsync(source);
    await checkParquet(metadata, file);
    return {
      name,
      metadata,
      columns: parquetSchema(metadata).children,
      features: featuresOf(metadata),
      rows: (columns, rowStart, rowEnd) =>
        guarded(() =>
          parquetReadObjects({ file: source, metadata, columns, rowStart, rowEnd, compressors, utf8: false }),
        ),
    };
  });
}

function asyncBuffer(source: ByteSource) {
  return {
    byteLength: source.size,
    slice: async (from: number, to = source.size) => {
      const bytes = await source.read(from, to);
      const isOwn = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
      return (isOwn ? bytes.buffer : bytes.slice().buffer) as ArrayBuffer;
    },
  };
}

function featuresOf({ key_value_metadata }: FileMetaData): ParquetFile['features'] {
  const text = key_value_metadata?.find(({ key }) => key === 'huggingface')?.value;
  try {
    const features = text ? JSON.parse(text)?.info?.features : null;
    return features && typeof features === 'object' ? features : {};
  } catch {
    return {};
  }
}

/** The column whose first value is an image file: the one that the metadata or its name calls so, else the first. */
async function imageColumn({ columns, features, metadata, rows }: ParquetFile): Promise<string | null> {
  const candidates = columns.filter(({ element, children }) =>
    children.length > 0
      ? children.some((child) => child.element.name === 'bytes')
      : element.type === 'BYTE_ARRAY',
  );
  const rank = ({ element: { name } }: SchemaTree) =>
    features[name]?._type === 'Image' ? 0 : /^(image|img|picture|photo|jpg|png)s?$/i.test(name) ? 1 : 2;
  const looked = Math.min(Number(metadata.num_rows), 10);
  for (const { element } of candidates.sort((a, b) => rank(a) - rank(b)))
    for (const row of await rows([element.name], 0, looked)) {
      const bytes = bytesOf(row[element.name]);
      if (bytes && kindOf(bytes.subarray(0, HEAD), bytes.length) === 'image') return element.name;
    }
  return null;
}

function bytesOf(value: unknown): Uint8Array | null {
  if (value instanceof Uint8Array) return value;
  const bytes = (value as { bytes?: unknown } | null | undefined)?.bytes;
  return bytes instanceof Uint8Array ? bytes : null;
}

async function labelsOf(parquet: ParquetFile, imageColumn: string): Promise<Labels | null> {
  const { columns, features, metadata, rows } = parquet;
  const plain = columns
    .filter(({ element, children }) => children.length === 0 && element.name !== imageColumn)
    .map(({ element }) => element.name);
  const told = plain
    .filter((column) => features[column]?._type === 'ClassLabel')
    .sort((a, b) => (features[b]?.names?.length ?? 0) - (features[a]?.names?.length ?? 0));
  const column = told[0] ?? plain.find((name) => namesClass(name) || /(^|_)label$/i.test(name));
  if (column === undefined) return null;
  const names = features[column]?.names;
  const values: (string | null)[] = [];
  for (const { from, to } of groupsOf(metadata))
    for (const row of await rows([column], from, to)) {
      const text = textOf(row[column]);
      values.push(text === null ? null : (names?.[Number(text)] ?? text));
    }
  return labelsOfNames(values);
}

async function* readImages(
  parquet: ParquetFile,
  column: string,
  indices: ArrayLike<number>,
  decode: DecodeImage,
): AsyncGenerator<Bitmap | LeftOut> {
  for await (const { name, bytes } of imageBytes(parquet, column, indices))
    try {
      if (!bytes) throw new ImportError(`${name} holds no image.`);
      yield await decoded(name, bytes, decode);
    } catch (error) {
      yield leftOutBy(error, name);
    }
}

async function* imageBytes(
  { name, metadata, rows }: ParquetFile,
  column: string,
  indices: ArrayLike<number>,
): AsyncGenerator<{ name: string; bytes: Uint8Array | null }> {
  let next = 0;
  for (const { from, to } of groupsOf(metadata)) {
    if (next >= indices.length) return;
    if ((indices[next] as number) >= to) continue;
    const read = await rows([column], from, to);
    for (; next < indices.length && (indices[next] as number) < to; next++) {
      const index = indices[next] as number;
      const value = read[index - from]?.[column];
      const path = (value as { path?: unknown } | null)?.path;
      yield {
        name: `${name}, row ${index + 1}${typeof path === 'string' ? ` (${path})` : ''}`,
        bytes: bytesOf(value),
      };
    }
  }
}

/** The rows of each row group: what is read at a time. */
function groupsOf({ row_groups }: FileMetaData): { from: number; to: number }[] {
  let from = 0;
  return row_groups.map(({ num_rows }) => {
    const group = { from, to: from + Number(num_rows) };
    from = group.to;
    return group;
  });
}

/** The rows of a file, all columns. */
async function* allRows({ columns, metadata, rows }: ParquetFile): AsyncGenerator<Record<string, unknown>> {
  const names = columns.map(({ element }) => element.name);
  for (const group of groupsOf(metadata))
    for (let from = group.from; from < group.to; from += AT_A_TIME)
      yield* await rows(names, from, Math.min(group.to, from + AT_A_TIME));
}
