/** What a tensor of a file is read into. I64 keeps all its digits. */
export type TensorData = Float32Array | Float64Array | Int32Array | BigInt64Array | Uint8Array;

export interface DtypeDefinition {
  /** Bytes an element takes in the file. */
  size: number;
  /** The elements in `length` bytes at `offset`: a view of them where they are aligned, else a copy. */
  read(bytes: Uint8Array, offset: number, length: number): TensorData;
}

/** The dtypes that can be read, by their names in the format. F16 is widened to float32. */
export const dtypes = {
  F64: { size: 8, read: reader(Float64Array) },
  I64: { size: 8, read: reader(BigInt64Array) },
  F32: { size: 4, read: reader(Float32Array) },
  I32: { size: 4, read: reader(Int32Array) },
  F16: { size: 2, read: (...at) => Float32Array.from(reader(Uint16Array)(...at), halfToNumber) },
  U8: { size: 1, read: reader(Uint8Array) },
} satisfies Record<string, DtypeDefinition>;

export type Dtype = keyof typeof dtypes;

/** Whether a name is one of the dtypes that can be read. */
export function isDtype(name: unknown): name is Dtype {
  return typeof name === 'string' && Object.hasOwn(dtypes, name);
}

/** The dtype in which an array is written. */
export function dtypeOf(data: TensorData): Dtype {
  if (data instanceof Float32Array) return 'F32';
  if (data instanceof Float64Array) return 'F64';
  if (data instanceof Int32Array) return 'I32';
  if (data instanceof BigInt64Array) return 'I64';
  return 'U8';
}

/** Each value as the nearest IEEE 754 half, of two equally near ones the even; beyond 65504 infinity. */
export function toHalves(values: Float32Array): Uint16Array {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return Uint16Array.from(values, (value, i) => {
    const word = words[i] as number;
    const sign = (word >>> 16) & 0x8000;
    if (Number.isNaN(value)) return sign | 0x7e00;
    // Halves with one exponent lie evenly apart; those below 2⁻¹⁴ as those just above.
    const exponent = Math.max(((word >>> 23) & 0xff) - 127, -14);
    if (exponent > 15) return sign | 0x7c00;
    // The leading 1 of the fraction, and whatever rounding carries, add to the exponent.
    return sign | (((exponent + 14) << 10) + roundToEven(Math.abs(value) * 2 ** (10 - exponent)));
  });
}

function roundToEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
}

interface TypedArrayConstructor<A> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): A;
}

/** Files are little-endian, as is every machine that a browser or Node runs on. */
function reader<A>(array: TypedArrayConstructor<A>) {
  const size = array.BYTES_PER_ELEMENT;
  return (bytes: Uint8Array, offset: number, length: number): A => {
    const start = bytes.byteOffset + offset;
    if (start % size === 0) return new array(bytes.buffer, start, length / size);
    return new array(new Uint8Array(bytes.subarray(offset, offset + length)).buffer, 0, length / size);
  };
}

/** An IEEE 754 half: 1 bit of sign, 5 of exponent (bias 15), 10 of fraction. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = (bits & 0x3ff) / 1024;
  if (exponent === 0) return sign * fraction * 2 ** -14;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction) * 2 ** (exponent - 15);
}
