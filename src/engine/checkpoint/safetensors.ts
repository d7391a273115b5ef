import { toHalves } from '../halves';
import { type Dtype, dtypeOf, dtypes, readElements, type TensorData } from './dtypes';
import {
  byteLength,
  LENGTH_BYTES,
  METADATA_KEY,
  quoted,
  readHeader,
  SafetensorsError,
  type TensorEntry,
} from './header';

export { SafetensorsError };

/** One tensor of a file: row-major, as long as the product of its shape. */
export interface FileTensor {
  dtype: Dtype;
  shape: number[];
  data: TensorData;
}

export interface SafetensorsFile {
  /** In the order in which they lie in the file. */
  tensors: Map<string, FileTensor>;
  metadata: Record<string, string>;
}

/**
 * Reads a safetensors file. The data are views of `bytes` where they are aligned, so `bytes` must stay as it is.
 * Safe on files from strangers: all is checked before anything is allocated. Throws SafetensorsError.
 */
export function readSafetensors(bytes: Uint8Array): SafetensorsFile {
  const { entries, metadata } = readHeader(bytes);
  const tensors = new Map(entries.map((entry) => [entry.name, readEntry(bytes, entry)]));
  return { tensors, metadata };
}

/** A tensor of a file whose header is read. */
export function readEntry(bytes: Uint8Array, { dtype, shape, begin, end }: TensorEntry): FileTensor {
  return { dtype, shape, data: readElements(dtype, bytes, begin, end - begin) };
}

/** A tensor to write: in the dtype that it names, else in that of its array, or float32 rounded to `half`, F16. */
export type WrittenTensor = { shape: readonly number[] } & (
  | { data: TensorData; dtype?: Dtype; half?: never }
  | { data: Float32Array; dtype?: never; half: true }
);

/**
 * The bytes of a safetensors file; metadata are texts by name. Wide elements come first, so that every tensor is aligned.
 * Throws SafetensorsError where a shape does not fit.
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, WrittenTensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const entries = [...tensors].map(([name, tensor]) => checkedForWriting(name, tensor));
  entries.sort((a, b) => b.data.BYTES_PER_ELEMENT - a.data.BYTES_PER_ELEMENT);

  let length = 0;
  const fields = entries.map(({ name, dtype, shape, data }) => {
    const begin = length;
    length += data.byteLength;
    return field(name, { dtype, shape, data_offsets: [begin, length] });
  });
  if (Object.keys(metadata).length > 0) fields.unshift(field(METADATA_KEY, metadata));
  const header = new TextEncoder().encode(`{${fields.join()}}`);

  // Padded with spaces, so that the data begin at a multiple of 8.
  const dataStart = LENGTH_BYTES + 8 * Math.ceil(header.length / 8);
  const bytes = new Uint8Array(dataStart + length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(dataStart - LENGTH_BYTES), true);
  bytes.fill(0x20, LENGTH_BYTES, dataStart).set(header, LENGTH_BYTES);
  let offset = dataStart;
  for (const { data } of entries) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return bytes;
}

function checkedForWriting(name: string, tensor: WrittenTensor) {
  if (name === METADATA_KEY) throw new SafetensorsError(`No tensor can have the name '${METADATA_KEY}'.`);
  const shape = [...tensor.shape];
  const dtype = tensor.half ? 'F16' : (tensor.dtype ?? dtypeOf(tensor.data));
  const data = tensor.half ? toHalves(tensor.data) : tensor.data;
  if (!(data instanceof dtypes[dtype].array)) {
    throw new SafetensorsError(`The tensor ${quoted(name)} cannot be written as ${dtype}.`);
  }
  if (byteLength(dtype, shape) !== data.byteLength) {
    throw new SafetensorsError(
      `The tensor ${quoted(name)} has ${data.length} elements, but its shape is [${shape}].`,
    );
  }
  return { name, dtype, shape, data };
}

/** One member of a JSON object, whatever its name is ("__proto__" too). */
function field(name: string, value: unknown): string {
  return `${JSON.stringify(name)}:${JSON.stringify(value)}`;
}
