import { type ByteSource, CHUNK } from '../files/byteSource';
import { ImportError } from '../pixels';

/** How a number is stored. */
export interface NumberType {
  kind: 'boolean' | 'unsigned' | 'signed' | 'real';
  bytes: 1 | 2 | 4 | 8;
  bigEndian: boolean;
}

export type Numbers =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** An array of numbers in a file; its values are read in parts. */
export interface NumberArray {
  name: string;
  shape: number[];
  /** Whether the first axis, not the last, is the one whose neighbours lie side by side. */
  fortran: boolean;
  type: NumberType;
  source: ByteSource;
  /** Where the values begin, bytes. */
  start: number;
}

export function countOf({ shape }: Pick<NumberArray, 'shape'>): number {
  return shape.reduce((product, side) => product * side, 1);
}

/** The values [from, to) in the order of the file. Throws ImportError where the file ends before. */
export async function readNumbers(array: NumberArray, from: number, to: number): Promise<Numbers> {
  const { source, start, type, name } = array;
  const bytes = await source.read(start + from * type.bytes, start + to * type.bytes);
  if (bytes.length !== (to - from) * type.bytes) throw new ImportError(`${name} is cut off.`);
  return numbersOf(bytes, type);
}

/** All values, about a megabyte at a time. */
export async function* numberChunks(array: NumberArray): AsyncGenerator<Numbers> {
  const count = countOf(array);
  const step = CHUNK / array.type.bytes;
  for (let from = 0; from < count; from += step)
    yield await readNumbers(array, from, Math.min(count, from + step));
}

function numbersOf(bytes: Uint8Array, { kind, bytes: size, bigEndian }: NumberType): Numbers {
  if (size === 1) {
    if (kind === 'signed') return new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    return bytes;
  }
  // Typed arrays begin at multiples of their size, and swapping must not change what others read.
  const aligned = bytes.byteOffset % size === 0 && !bigEndian ? bytes : bytes.slice();
  if (bigEndian) swap(aligned, size);
  const { byteOffset } = aligned;
  const buffer = aligned.buffer as ArrayBuffer;
  const count = bytes.length / size;
  if (kind === 'real') {
    if (size === 2) return Float32Array.from(new Uint16Array(buffer, byteOffset, count), halfToNumber);
    return size === 4
      ? new Float32Array(buffer, byteOffset, count)
      : new Float64Array(buffer, byteOffset, count);
  }
  if (size === 8) {
    const Wide = kind === 'signed' ? BigInt64Array : BigUint64Array;
    return Float64Array.from(new Wide(buffer, byteOffset, count) as ArrayLike<unknown>, Number);
  }
  const Type =
    kind === 'signed' ? (size === 2 ? Int16Array : Int32Array) : size === 2 ? Uint16Array : Uint32Array;
  return new Type(buffer, byteOffset, count);
}

function swap(bytes: Uint8Array, size: number): void {
  for (let at = 0; at + size <= bytes.length; at += size) bytes.subarray(at, at + size).reverse();
}

/** IEEE 754 binary16: one bit of sign, five of exponent, ten of fraction. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
