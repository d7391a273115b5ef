import { maskedCrc32c } from './crc32c';

/** The records of TensorBoard's event files that hold scalars: Event messages of protocol buffers in TFRecords. */

/** The first record of every file. `wallTime`: seconds since 1970. */
export function versionRecord(wallTime: number): Uint8Array {
  return record(event(wallTime, 0, bytesField(3, new TextEncoder().encode('brain.Event:2'))));
}

/** Says that training goes on at a step: TensorBoard drops what earlier files have from there on. */
export function restartRecord(wallTime: number, step: number): Uint8Array {
  const started = 1;
  return record(event(wallTime, step, bytesField(7, [...varint(1 << 3), ...varint(started)])));
}

/** The values of tags at a step. */
export function scalarsRecord(
  wallTime: number,
  step: number,
  scalars: Readonly<Record<string, number>>,
): Uint8Array {
  const values = Object.entries(scalars).flatMap(([tag, value]) => {
    const simpleValue = [(2 << 3) | 5, ...numberBytes(4, (view) => view.setFloat32(0, value, true))];
    return bytesField(1, [...bytesField(1, new TextEncoder().encode(tag)), ...simpleValue]);
  });
  return record(event(wallTime, step, bytesField(5, values)));
}

function event(wallTime: number, step: number, content: number[]): Uint8Array {
  const time = numberBytes(8, (view) => view.setFloat64(0, wallTime, true));
  return Uint8Array.from([(1 << 3) | 1, ...time, 2 << 3, ...varint(step), ...content]);
}

/** A TFRecord: the length, its checksum, the data and theirs. */
function record(data: Uint8Array): Uint8Array {
  const length = Uint8Array.from(numberBytes(8, (view) => view.setUint32(0, data.length, true)));
  const checksum = (bytes: Uint8Array) =>
    numberBytes(4, (view) => view.setUint32(0, maskedCrc32c(bytes), true));
  return Uint8Array.from([...length, ...checksum(length), ...data, ...checksum(data)]);
}

/** A field of a message that is text or a message itself. */
function bytesField(field: number, bytes: ArrayLike<number>): number[] {
  return [(field << 3) | 2, ...varint(bytes.length), ...Array.from(bytes)];
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) | 128);
  }
}

function numberBytes(count: number, write: (view: DataView) => void): number[] {
  const view = new DataView(new ArrayBuffer(count));
  write(view);
  return Array.from(new Uint8Array(view.buffer));
}
