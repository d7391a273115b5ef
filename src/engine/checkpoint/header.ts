import { type Dtype, dtypes, isDtype } from './dtypes';

/** Thrown for bytes that are no sound safetensors file, or for tensors that none can hold; says what is wrong. */
export class SafetensorsError extends Error {
  override name = 'SafetensorsError';
}

/** Where a tensor's elements lie, in bytes from the start of the file. */
export interface TensorEntry {
  name: string;
  dtype: Dtype;
  shape: number[];
  begin: number;
  end: number;
}

/** Bytes of the header's length, before the header. */
export const LENGTH_BYTES = 8;
/** The largest header that is read: that of a large model takes a hundredth of it. */
const HEADER_LIMIT = 16 * 2 ** 20;
/** The most entries of metadata that are read: files have a few, and each costs time and memory wherever it is shown. */
const METADATA_LIMIT = 10_000;
/** The same of tensors; a large model has some thousands. */
const TENSORS_LIMIT = 100_000;
/** The key of the header that names no tensor. */
export const METADATA_KEY = '__metadata__';

export interface Header {
  entries: TensorEntry[];
  metadata: Record<string, string>;
}

/** The beginning of a file, up to where its header ends, or is said to: all that `readHeader` reads of it. */
export async function beginningOf(file: Blob): Promise<Uint8Array> {
  const first = await file.slice(0, LENGTH_BYTES).arrayBuffer();
  const length = first.byteLength < LENGTH_BYTES ? 0 : Number(new DataView(first).getBigUint64(0, true));
  return new Uint8Array(await file.slice(0, LENGTH_BYTES + Math.min(length, HEADER_LIMIT)).arrayBuffer());
}

/**
 * Reads the header and checks it against the file's length: the tensors must fill the rest of the file, without holes
 * or overlap. `bytes` may be the beginning of the file alone. Allocates nothing in proportion to what the header claims.
 * Throws SafetensorsError.
 */
export function readHeader(bytes: Uint8Array, fileLength = bytes.length): Header {
  const dataStart = LENGTH_BYTES + headerLength(bytes, fileLength);
  const header = parseHeader(bytes.subarray(LENGTH_BYTES, dataStart));
  // A null prototype: no key of the file can reach that of all objects.
  const metadata: Record<string, string> = Object.create(null);
  const entries: TensorEntry[] = [];
  for (const [name, value] of Object.entries(header)) {
    if (name === METADATA_KEY) Object.assign(metadata, checkedMetadata(value));
    else entries.push(checkedEntry(name, value, dataStart, fileLength));
  }
  checkCoverage(entries, dataStart, fileLength);
  return { entries, metadata };
}

/** Bytes that a tensor of this dtype and shape takes; NaN beyond what can be counted exactly. */
export function byteLength(dtype: Dtype, shape: number[]): number {
  const bits = shape.reduce<number>((product, size) => product * size, dtypes[dtype].bits);
  return Number.isSafeInteger(bits) ? bits / 8 : Number.NaN;
}

function headerLength(bytes: Uint8Array, fileLength: number): number {
  if (bytes.length < LENGTH_BYTES) {
    throw new SafetensorsError(
      `The file is too short for a safetensors file: ${bytes.length} bytes, where the length of the header alone takes 8.`,
    );
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > BigInt(fileLength - LENGTH_BYTES)) {
    throw new SafetensorsError(
      `The file says that its header takes ${length} bytes, but only ${fileLength - LENGTH_BYTES} follow: it is cut off, or no safetensors file.`,
    );
  }
  if (length > BigInt(HEADER_LIMIT)) {
    throw new SafetensorsError(`The header takes ${length} bytes; at most ${HEADER_LIMIT} are read.`);
  }
  return Number(length);
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  if (bytes[0] !== 0x7b)
    throw new SafetensorsError("The header does not begin with '{': no safetensors file.");
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new SafetensorsError('The header is not UTF-8 text.');
  }
  let header: Record<string, unknown>;
  try {
    header = JSON.parse(text);
  } catch (error) {
    throw new SafetensorsError(`The header is not JSON: ${(error as Error).message}`);
  }
  checkCount(header, TENSORS_LIMIT, 'tensors');
  checkKeysOnce(text);
  return header;
}

/** Refuses a key that an object of the (valid) JSON text has twice, of which JSON.parse would keep the last. */
function checkKeysOnce(text: string): void {
  const open: Set<string>[] = [];
  let lastString = '';
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '"') {
      const end = endOfString(text, i);
      lastString = text.slice(i, end + 1);
      i = end;
    } else if (character === '{') open.push(new Set());
    else if (character === '}') open.pop();
    else if (character === ':') {
      const keys = open.at(-1);
      const key = JSON.parse(lastString) as string;
      if (keys?.has(key)) throw new SafetensorsError(`The header has the name ${quoted(key)} twice.`);
      keys?.add(key);
    }
  }
}

/** The place of the quote that ends the string which begins at `start`. */
function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (text[i] !== '"') i += text[i] === '\\' ? 2 : 1;
  return i;
}

function checkCount(object: object, limit: number, what: string): void {
  const count = Object.keys(object).length;
  if (count > limit) throw new SafetensorsError(`The file has ${count} ${what}; at most ${limit} are read.`);
}

function checkedMetadata(value: unknown): Record<string, string> {
  if (isObject(value)) checkCount(value, METADATA_LIMIT, 'entries of metadata');
  if (!isObject(value) || !Object.values(value).every((text) => typeof text === 'string')) {
    throw new SafetensorsError('The metadata must hold nothing but texts by name.');
  }
  return value as Record<string, string>;
}

function checkedEntry(name: string, value: unknown, dataStart: number, fileLength: number): TensorEntry {
  const refuse = (what: string) => new SafetensorsError(`The tensor ${quoted(name)} ${what}.`);
  if (!isObject(value)) throw refuse('has no description');
  const { dtype, shape, data_offsets: offsets } = value;
  if (!isDtype(dtype)) {
    throw refuse(
      `has the dtype ${quoted(dtype)}, which cannot be read: it must be one of ${Object.keys(dtypes).join(', ')}`,
    );
  }
  if (!isSizes(shape)) throw refuse('has a shape that is no list of whole numbers');
  if (!isSizes(offsets) || offsets.length !== 2) throw refuse('has offsets that are no two whole numbers');
  const [begin, end] = offsets.map((offset) => dataStart + offset) as [number, number];
  if (begin > end) throw refuse(`ends (${offsets[1]}) before it begins (${offsets[0]})`);
  if (end > fileLength) {
    throw refuse(
      `ends at byte ${end} of a file of ${fileLength}: the file is cut off, or its header is wrong`,
    );
  }
  const needed = byteLength(dtype, shape);
  if (end - begin !== needed) {
    throw refuse(
      `has ${end - begin} bytes, but its shape [${shortened(shape)}] in ${dtype} needs ${Number.isNaN(needed) ? 'more than can be counted' : needed}`,
    );
  }
  return { name, dtype, shape, begin, end };
}

/** The tensors, in the order of their bytes, must lie end to end from the header to the end of the file. */
function checkCoverage(entries: TensorEntry[], dataStart: number, fileLength: number): void {
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  let reached = dataStart;
  for (const { name, begin, end } of entries) {
    if (begin < reached) throw new SafetensorsError(`The tensor ${quoted(name)} overlaps the one before it.`);
    if (begin > reached) {
      throw new SafetensorsError(
        `There is a hole of ${begin - reached} bytes before the tensor ${quoted(name)}.`,
      );
    }
    reached = end;
  }
  if (reached < fileLength) {
    throw new SafetensorsError(`The last ${fileLength - reached} bytes of the file belong to no tensor.`);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

/** For a message: a name of any length, in quotes. */
export function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'none');
  return `'${text.length > 80 ? `${text.slice(0, 80)}…` : text}'`;
}

function shortened(shape: number[]): string {
  return shape.length > 8 ? `${shape.slice(0, 8)},…` : String(shape);
}
