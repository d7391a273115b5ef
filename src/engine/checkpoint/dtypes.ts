import type { Halves } from '../halves';

/** What a tensor of a file is read into. I64 keeps all its digits, F16 its bits. */
export type TensorData = Float32Array | Float64Array | Int32Array | BigInt64Array | Halves | Uint8Array;

export interface DtypeDefinition {
  /** Bytes an element takes in the file. */
  size: number;
  /** The elements in `length` bytes at `offset`: a view of them where they are aligned, else a copy. */
  read(bytes: Uint8Array, offset: number, length: number): TensorData;
}

/** The dtypes that can be read, by their names in the format. */
export const dtypes = {
  F64: { size: 8, read: reader(Float64Array) },
  I64: { size: 8, read: reader(BigInt64Array) },
  F32: { size: 4, read: reader(Float32Array) },
  I32: { size: 4, read: reader(Int32Array) },
  F16: { size: 2, read: reader(Uint16Array) },
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
  if (data instanceof Uint16Array) return 'F16';
  return 'U8';
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
