import { crc32c } from '../log/crc32c';

type Field = { number: number; value: number | Buffer };

/**
 * The scalars of event files by tag, as TensorBoard reads them: written after the formats (TFRecord, protocol buffers,
 * event.proto, summary.proto), not after eventFile.ts. Throws for anything but what those name.
 */
export function readScalars(files: readonly Buffer[]): Record<string, [step: number, value: number][]> {
  const scalars: Record<string, [number, number][]> = {};
  for (const event of files.flatMap((file) => [...records(file)])) {
    let step = 0;
    for (const { number, value } of fields(event)) {
      if (number === 2) step = value as number;
      else if (number === 5) for (const scalar of fields(value as Buffer)) add(scalar, step);
      else if (number === 7) dropFrom(step, value as Buffer);
      else if (number !== 1 && !(number === 3 && String(value) === 'brain.Event:2'))
        throw new Error(`An event has the field ${number}: ${value}.`);
    }
  }
  return scalars;

  /** Summary.Value: a tag and a simple value. */
  function add({ number, value }: Field, step: number): void {
    const [tag, simple, ...rest] = fields(value as Buffer);
    if (number !== 1 || tag?.number !== 1 || simple?.number !== 2 || rest.length > 0)
      throw new Error('A summary holds something other than scalars.');
    const name = String(tag.value);
    scalars[name] = [...(scalars[name] ?? []), [step, simple.value as number]];
  }

  /** SessionLog with START: what was seen of this step and later ones was lost. */
  function dropFrom(step: number, log: Buffer): void {
    const [status] = fields(log);
    if (status?.number !== 1 || status.value !== 1) throw new Error('A session log without START.');
    for (const [tag, points] of Object.entries(scalars)) scalars[tag] = points.filter(([at]) => at < step);
  }
}

/** TFRecords: a length of 64 bits, its checksum, the data and theirs. */
function* records(file: Buffer): Generator<Buffer, void, void> {
  for (let at = 0; at < file.length; ) {
    const length = Number(file.readBigUInt64LE(at));
    checkSum(file.subarray(at, at + 8), file.readUInt32LE(at + 8));
    const data = file.subarray(at + 12, at + 12 + length);
    checkSum(data, file.readUInt32LE(at + 12 + length));
    yield data;
    at += length + 16;
  }
}

/** The masked checksum less its constant, turned back by 15 bits, is that of the data. */
function checkSum(data: Buffer, masked: number): void {
  const turned = (masked - 0xa282ead8) >>> 0;
  if (((turned << 15) | (turned >>> 17)) >>> 0 !== crc32c(data)) throw new Error('A checksum is wrong.');
}

/** The fields of a message, of the four wire types of proto3. */
function fields(message: Buffer): Field[] {
  const found: Field[] = [];
  let at = 0;
  while (at < message.length) {
    const key = varint();
    found.push({ number: Math.floor(key / 8), value: read(key % 8) });
  }
  return found;

  function read(wireType: number): number | Buffer {
    switch (wireType) {
      case 0:
        return varint();
      case 1:
        at += 8;
        return message.readDoubleLE(at - 8);
      case 2: {
        const length = varint();
        at += length;
        if (at > message.length) throw new Error('A field is longer than its message.');
        return message.subarray(at - length, at);
      }
      case 5:
        at += 4;
        return message.readFloatLE(at - 4);
      default:
        throw new Error(`There is no wire type ${wireType} in proto3.`);
    }
  }

  function varint(): number {
    let value = 0;
    for (let place = 1; ; place *= 128) {
      const byte = message.readUInt8(at++);
      value += (byte % 128) * place;
      if (byte < 128) return value;
    }
  }
}
