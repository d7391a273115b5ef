/** An array of unsigned bytes, row-major. */
export interface ByteArray {
  shape: number[];
  values: Uint8Array;
}

const unsignedByte = 0x08;

/**
 * Reads IDX, the format of MNIST: two zero bytes, the type, the number of dimensions, each dimension as a big-endian
 * uint32, then the values. Throws an error that starts with `name` for anything but a whole array of unsigned bytes.
 */
export function parseIdx(bytes: Uint8Array, name: string): ByteArray {
  const [zero, alsoZero, type, dimensions] = bytes;
  if (zero !== 0 || alsoZero !== 0 || type !== unsignedByte || !dimensions) {
    const start = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    throw new Error(`${name} is not an IDX file of unsigned bytes: it begins with ${start || 'nothing'}.`);
  }
  const header = 4 + 4 * dimensions;
  if (bytes.length < header) throw new Error(`${name} ends within its header of ${header} bytes.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const length = shape.reduce((product, size) => product * size);
  if (bytes.length !== header + length) {
    throw new Error(
      `${name} announces ${length} values (${shape.join('×')}) but holds ${bytes.length - header}.`,
    );
  }
  return { shape, values: bytes.subarray(header) };
}

/** The IDX file of an array; parseIdx reads it back. */
export function formatIdx({ shape, values }: ByteArray): Uint8Array {
  const header = 4 + 4 * shape.length;
  const bytes = new Uint8Array(header + values.length);
  bytes.set([0, 0, unsignedByte, shape.length]);
  const view = new DataView(bytes.buffer);
  shape.forEach((size, i) => {
    view.setUint32(4 + 4 * i, size);
  });
  bytes.set(values, header);
  return bytes;
}
