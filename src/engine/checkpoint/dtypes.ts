/**
 * What a tensor of a file is read into. 64-bit integers keep all their digits, F16 and BF16 their bits; F8, F6, F4 and C64
 * are left as bytes.
 */
export type TensorData =
  | Float64Array
  | Float32Array
  | BigInt64Array
  | BigUint64Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array;

export interface DtypeDefinition {
  /** Bits of an element in the file. */
  bits: number;
  array: TypedArrayConstructor<TensorData>;
}

/** All dtypes of the format, by their names in it. */
export const dtypes = {
  F64: { bits: 64, array: Float64Array },
  F32: { bits: 32, array: Float32Array },
  F16: { bits: 16, array: Uint16Array },
  BF16: { bits: 16, array: Uint16Array },
  I64: { bits: 64, array: BigInt64Array },
  I32: { bits: 32, array: Int32Array },
  I16: { bits: 16, array: Int16Array },
  I8: { bits: 8, array: Int8Array },
  U64: { bits: 64, array: BigUint64Array },
  U32: { bits: 32, array: Uint32Array },
  U16: { bits: 16, array: Uint16Array },
  U8: { bits: 8, array: Uint8Array },
  BOOL: { bits: 8, array: Uint8Array },
  F8_E4M3: { bits: 8, array: Uint8Array },
  F8_E5M2: { bits: 8, array: Uint8Array },
  F8_E8M0: { bits: 8, array: Uint8Array },
  F8_E4M3FNUZ: { bits: 8, array: Uint8Array },
  F8_E5M2FNUZ: { bits: 8, array: Uint8Array },
  F6_E2M3: { bits: 6, array: Uint8Array },
  F6_E3M2: { bits: 6, array: Uint8Array },
  F4: { bits: 4, array: Uint8Array },
  C64: { bits: 64, array: Uint8Array },
} satisfies Record<string, DtypeDefinition>;

export type Dtype = keyof typeof dtypes;

/** Whether a name is one of the format's dtypes. */
export function isDtype(name: unknown): name is Dtype {
  return typeof name === 'string' && Object.hasOwn(dtypes, name);
}

/** The dtype in which an array is written where none is named. */
export function dtypeOf(data: TensorData): Dtype {
  if (data instanceof Uint16Array) return 'F16';
  const found = Object.entries(dtypes).find(([, { array }]) => data instanceof array);
  return (found?.[0] ?? 'U8') as Dtype;
}

/**
 * The elements in `length` bytes at `offset`: a view of them where they are aligned, else a copy. Files are little-endian,
 * as is every machine that a browser or Node runs on.
 */
export function readElements(dtype: Dtype, bytes: Uint8Array, offset: number, length: number): TensorData {
  const array: TypedArrayConstructor<TensorData> = dtypes[dtype].array;
  const size = array.BYTES_PER_ELEMENT;
  const start = bytes.byteOffset + offset;
  if (start % size === 0) return new array(bytes.buffer, start, length / size);
  return new array(new Uint8Array(bytes.subarray(offset, offset + length)).buffer, 0, length / size);
}

/** bfloat16 is the upper half of a float32: the same values as float32. */
export function floatsOfBfloats(bits: Uint16Array): Float32Array {
  const words = new Uint32Array(bits.length);
  for (let i = 0; i < bits.length; i++) words[i] = (bits[i] as number) << 16;
  return new Float32Array(words.buffer);
}

interface TypedArrayConstructor<A> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): A;
}
