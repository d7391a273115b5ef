import { ImportError } from './pixels';

/** An array of numbers, row-major. */
export interface NumberArray {
  shape: number[];
  values: ArrayLike<number>;
  /** Whether they are unsigned bytes, and so levels; other numbers are scaled by their range. */
  bytes: boolean;
}

type Reader = (data: Uint8Array) => ArrayLike<number>;

/** The values of aligned little-endian bytes, in the narrowest array that holds them. */
const types: Record<string, { bytes: number; read: Reader }> = {
  u1: { bytes: 1, read: (data) => data },
  i1: { bytes: 1, read: ({ buffer, byteOffset, length }) => new Int8Array(buffer, byteOffset, length) },
  b1: { bytes: 1, read: (data) => data.map((value) => (value ? 255 : 0)) },
  u2: { bytes: 2, read: (data) => new Uint16Array(aligned(data)) },
  i2: { bytes: 2, read: (data) => new Int16Array(aligned(data)) },
  u4: { bytes: 4, read: (data) => new Uint32Array(aligned(data)) },
  i4: { bytes: 4, read: (data) => new Int32Array(aligned(data)) },
  i8: { bytes: 8, read: (data) => Float64Array.from(new BigInt64Array(aligned(data)), Number) },
  u8: { bytes: 8, read: (data) => Float64Array.from(new BigUint64Array(aligned(data)), Number) },
  f4: { bytes: 4, read: (data) => new Float32Array(aligned(data)) },
  f8: { bytes: 8, read: (data) => new Float64Array(aligned(data)) },
};

function aligned(data: Uint8Array): ArrayBuffer {
  return new Uint8Array(data).buffer;
}

/**
 * Reads NumPy's .npy: a magic, a version, a header as a Python dict, the values. Throws ImportError that starts with `name`
 * for anything but a whole array of numbers in C order; objects, which would be pickles, are refused.
 */
export function parseNpy(bytes: Uint8Array, name: string): NumberArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || String.fromCharCode(...bytes.subarray(1, 6)) !== 'NUMPY' || bytes[0] !== 0x93)
    throw new ImportError(`${name} is no .npy file.`);
  const wide = (bytes[6] as number) >= 2;
  const start = wide ? 12 : 10;
  const headerLength = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  if (start + headerLength > bytes.length) throw new ImportError(`${name} ends within its header.`);
  const header = new TextDecoder().decode(bytes.subarray(start, start + headerLength));
  const descr = /'descr':\s*'([^']*)'/.exec(header)?.[1] ?? '';
  const [, order, kind] = /^([<>|=]?)([a-zA-Z]\d*)$/.exec(descr) ?? [];
  const type = kind === undefined ? undefined : types[kind];
  if (!type || (order === '>' && type.bytes > 1)) {
    throw new ImportError(
      `${name} holds '${descr || 'objects'}': save the array as uint8 or float32 (arrays of objects are not read).`,
    );
  }
  if (!/'fortran_order':\s*False/.test(header))
    throw new ImportError(`${name} is in Fortran order: save np.ascontiguousarray of it.`);
  const shapeText = /'shape':\s*\(([\d\s,]*)\)/.exec(header)?.[1];
  if (shapeText === undefined) throw new ImportError(`${name} does not tell its shape.`);
  const shape = shapeText
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map(Number);
  const count = shape.reduce((product, size) => product * size, 1);
  const data = start + headerLength;
  if (!Number.isSafeInteger(count) || data + count * type.bytes !== bytes.length) {
    throw new ImportError(
      `${name} announces ${shape.join('×')} values but holds ${(bytes.length - data) / type.bytes}.`,
    );
  }
  return { shape, values: type.read(bytes.subarray(data)), bytes: kind === 'u1' || kind === 'b1' };
}
