/** Bytes a value, by the type in the header. */
const SIZES: Readonly<Record<number, number>> = { 8: 1, 9: 1, 11: 2, 12: 4, 13: 4, 14: 8 };

/** The header of an IDX file, big-endian: two zeros, the type, the number of dimensions, and each of these. */
export interface IdxHeader {
  type: number;
  shape: number[];
  /** Where the values begin, bytes. */
  start: number;
  /** Null where the file is as long as it says. */
  damage: string | null;
}

/** Reads the header of a file of so many bytes; null where it is none. */
export function idxHeader(head: Uint8Array, size: number): IdxHeader | null {
  const [zero, alsoZero, type = 0, dimensions = 0] = head;
  const bytes = SIZES[type];
  const start = 4 + 4 * dimensions;
  const isHeader = zero === 0 && alsoZero === 0 && dimensions >= 1 && dimensions <= 6 && head.length >= start;
  if (!isHeader || !bytes) return null;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const count = shape.reduce((product, side) => product * side, 1);
  const held = (size - start) / bytes;
  const damage = held === count ? null : `announces ${count} values (${shape.join('×')}) but holds ${held}`;
  return { type, shape, start, damage };
}
