import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { floatsOf, type Halves } from '../halves';
import type { TensorData } from './dtypes';
import { floatData } from './model';
import { type FileTensor, readSafetensors, SafetensorsError, writeSafetensors } from './safetensors';

const golden = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../../golden/${name}.safetensors`, import.meta.url)));

/** A file with the given header text, whatever it says, and `dataBytes` bytes after it. */
function fileOf(header: unknown, dataBytes = 0, claimedLength?: bigint): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, claimedLength ?? BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const entry = (dtype: unknown, shape: unknown, data_offsets: unknown) => ({ dtype, shape, data_offsets });

describe('readSafetensors', () => {
  test("reads PyTorch's file", () => {
    const { tensors, metadata } = readSafetensors(golden('tiny.model'));
    expect(tensors.get('image_proj.weight')?.shape).toEqual([32, 1, 3, 3]);
    expect(JSON.parse(metadata.config as string).n_channels).toBe(32);
    const inputs = readSafetensors(golden('tiny.inputs')).tensors;
    expect(inputs.get('t')?.data).toBeInstanceOf(Int32Array);
    expect(inputs.get('x')?.dtype).toBe('F32');
  });

  test('views aligned data in place and copies the rest', () => {
    const file = writeSafetensors(new Map([['a', { shape: [3], data: Float32Array.of(1, 2, 3) }]]));
    expect(readSafetensors(file).tensors.get('a')?.data.buffer).toBe(file.buffer);
    const shifted = new Uint8Array(file.length + 1).subarray(1);
    shifted.set(file);
    expect(readSafetensors(shifted).tensors.get('a')?.data).toEqual(Float32Array.of(1, 2, 3));
    // A Buffer of Node is a view whose slice() does not copy.
    const pooled = Buffer.concat([Buffer.alloc(1), file]).subarray(1);
    expect(readSafetensors(pooled).tensors.get('a')?.data).toEqual(Float32Array.of(1, 2, 3));
  });

  test('reads float16 as its halves, which widen exactly', () => {
    const halves = [0x3c00, 0xc000, 0x0001, 0x03ff, 0x7bff, 0x7c00, 0xfc00, 0x8000, 0x3555];
    const bytes = fileOf({ half: entry('F16', [halves.length], [0, 2 * halves.length]) }, 2 * halves.length);
    const view = new DataView(bytes.buffer, bytes.length - 2 * halves.length);
    halves.forEach((half, i) => {
      view.setUint16(2 * i, half, true);
    });
    const inf = Number.POSITIVE_INFINITY;
    const read = readSafetensors(bytes).tensors.get('half')?.data as Halves;
    expect(read).toEqual(Uint16Array.from(halves));
    expect(floatsOf(read)).toEqual(
      Float32Array.of(1, -2, 2 ** -24, 1023 * 2 ** -24, 65504, inf, -inf, -0, 0.333251953125),
    );
  });

  test('reads bfloat16 as its bits, which widen exactly', () => {
    const bits = [0x3f80, 0xc000, 0x4049, 0x0001, 0x7f7f, 0x7f80, 0xff80, 0x8000];
    const bytes = fileOf({ a: entry('BF16', [bits.length], [0, 2 * bits.length]) }, 2 * bits.length);
    bytes.set(new Uint8Array(Uint16Array.from(bits).buffer), bytes.length - 2 * bits.length);
    const tensor = readSafetensors(bytes).tensors.get('a') as FileTensor;
    expect(tensor).toMatchObject({ dtype: 'BF16', data: Uint16Array.from(bits) });
    const inf = Number.POSITIVE_INFINITY;
    // 1 sign, 8 exponent and 7 fraction bits: 1.5703125 · 2 for 0x4049, 2⁻¹³³ the smallest, 255/128 · 2¹²⁷ the largest.
    expect(floatData('a', tensor)).toEqual(
      Float32Array.of(1, -2, 3.140625, 2 ** -133, (255 / 128) * 2 ** 127, inf, -inf, -0),
    );
  });

  test('reads every dtype of the format at its size, and writes each back as it was', () => {
    const sizes: [string, number][] = [
      ...['F64', 'I64', 'U64', 'C64'].map((dtype): [string, number] => [dtype, 8]),
      ...['F32', 'I32', 'U32'].map((dtype): [string, number] => [dtype, 4]),
      ...['F16', 'BF16', 'I16', 'U16'].map((dtype): [string, number] => [dtype, 2]),
      ...['U8', 'I8', 'BOOL', 'F8_E4M3', 'F8_E5M2', 'F8_E8M0', 'F8_E4M3FNUZ', 'F8_E5M2FNUZ'].map(
        (dtype): [string, number] => [dtype, 1],
      ),
      ['F6_E2M3', 0.75],
      ['F6_E3M2', 0.75],
      ['F4', 0.5],
    ];
    let end = 0;
    const header = sizes.map(([dtype, size]) => {
      const begin = end;
      end += 8 * size;
      return [dtype, entry(dtype, [2, 4], [begin, end])];
    });
    const bytes = fileOf(Object.fromEntries(header), end);
    for (let i = 1; i <= end; i++) bytes[bytes.length - i] = 37 * i;
    const { tensors } = readSafetensors(bytes);
    const written = readSafetensors(writeSafetensors(tensors)).tensors;
    for (const [dtype] of sizes) {
      const [before, after] = [tensors.get(dtype), written.get(dtype)] as [FileTensor, FileTensor];
      expect(after).toMatchObject({ dtype, shape: [2, 4] });
      const raw = ({ data }: FileTensor) => Buffer.from(data.buffer, data.byteOffset, data.byteLength);
      expect(Buffer.compare(raw(after), raw(before)), dtype).toBe(0);
      if (!['F64', 'F32', 'F16', 'BF16'].includes(dtype))
        expect(() => floatData(dtype, after)).toThrow(`'${dtype}' holds ${dtype}, but must hold F32, F16`);
    }
    expect(() => readSafetensors(fileOf({ a: entry('F4', [3], [0, 2]) }, 2))).toThrow('in F4 needs 1.5');
  });

  test('holds names and metadata that are no ordinary keys', () => {
    const odd = ['__proto__', 'constructor', '"\\', '7', ''];
    const tensors = new Map(odd.map((name) => [name, { shape: [], data: Float32Array.of(1) }]));
    const metadata = JSON.parse('{"__proto__": "polluted", "toString": "text"}');
    const file = readSafetensors(writeSafetensors(tensors, metadata));
    expect([...file.tensors.keys()]).toEqual(odd);
    expect(Object.entries(file.metadata)).toEqual(Object.entries(metadata));
    expect(Object.getPrototypeOf(file.metadata)).toBe(null);
    expect(({} as Record<string, unknown>).polluted).toBe(undefined);
  });

  const f32 = entry('F32', [1], [0, 4]);
  const refused: [what: string, bytes: Uint8Array, message: RegExp][] = [
    ['an empty file', new Uint8Array(), /too short.*0 bytes/],
    ['a file of another kind', golden('tiny.model').subarray(8), /header takes \d+ bytes, but only/],
    ['a header beyond the file', fileOf('{}', 0, 3n), /header takes 3 bytes, but only 2/],
    ['a header of 2⁶³ bytes', fileOf('{}', 0, 2n ** 63n), /header takes 9223372036854775808 bytes/],
    ['a header beyond all reason', fileOf('{'.padEnd(2 ** 24 + 1)), /at most 16777216 are read/],
    ['an empty header', fileOf('', 8), /does not begin with '{'/],
    ['a header that is a list', fileOf('[]'), /does not begin with '{'/],
    ['a header that is no JSON', fileOf('{"a": }'), /not JSON/],
    ['deep nesting', fileOf(`{"a":${'['.repeat(1e6)}`), /not JSON/],
    ['a header that is no text', fileOf('{"a\uFFFD"}').map((b) => (b === 0xef ? 0xff : b)), /not UTF-8/],
    ['a tensor without a description', fileOf({ a: null }), /'a' has no description/],
    ['an unknown dtype', fileOf({ a: entry('F8', [1], [0, 1]) }, 1), /dtype 'F8'.*F32/],
    ['a dtype from the prototype', fileOf({ a: entry('toString', [1], [0, 1]) }, 1), /dtype 'toString'/],
    ['a negative size', fileOf({ a: entry('F32', [-1], [0, 4]) }, 4), /shape that is no list/],
    ['a size that is no number', fileOf({ a: entry('F32', ['1'], [0, 4]) }, 4), /shape that is no list/],
    ['one offset', fileOf({ a: entry('F32', [1], [0]) }, 4), /no two whole numbers/],
    ['a huge offset', fileOf('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,1e400]}}'), /no two whole/],
    ['offsets backwards', fileOf({ a: entry('F32', [1], [4, 0]) }, 4), /ends \(0\) before it begins \(4\)/],
    ['a truncated tensor', golden('tiny.model').slice(0, -1), /cut off/],
    [
      'a wrong size',
      fileOf({ a: entry('F32', [2], [0, 4]) }, 4),
      /4 bytes, but its shape \[2\] in F32 needs 8/,
    ],
    [
      'a product beyond counting',
      fileOf({ a: entry('U8', [2 ** 32, 2 ** 32], [0, 0]) }),
      /needs more than can be counted/,
    ],
    ['an overlap', fileOf({ a: f32, b: entry('F32', [1], [2, 6]) }, 6), /'b' overlaps/],
    ['the same bytes twice', fileOf({ a: f32, b: f32 }, 4), /'b' overlaps/],
    [
      'a hole',
      fileOf({ a: f32, b: entry('F32', [1], [8, 12]) }, 12),
      /hole of 4 bytes before the tensor 'b'/,
    ],
    ['a hole at the start', fileOf({ a: entry('F32', [1], [4, 8]) }, 8), /hole of 4 bytes/],
    ['bytes at the end', fileOf({ a: f32 }, 7), /last 3 bytes/],
    ['a name twice', fileOf(`{"a":${JSON.stringify(f32)},"\\u0061":${JSON.stringify(f32)}}`, 4), /'a' twice/],
    ['metadata twice', fileOf('{"__metadata__":{"x":"1","x":"2"}}'), /'x' twice/],
    ['metadata that is no text', fileOf({ __metadata__: { x: 1 } }), /metadata/],
    [
      'more metadata than are shown anywhere',
      fileOf({ __metadata__: Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [i, ''])) }),
      /has 10001 entries of metadata; at most 10000 are read/,
    ],
    [
      'more tensors than any model has',
      fileOf(Object.fromEntries(Array.from({ length: 100_001 }, (_, i) => [i, 0]))),
      /has 100001 tensors; at most 100000 are read/,
    ],
    ['metadata that is a list', fileOf({ __metadata__: [] }), /metadata/],
  ];
  test.each(refused)('refuses %s', (_, bytes, message) => {
    expect(() => readSafetensors(bytes)).toThrow(SafetensorsError);
    expect(() => readSafetensors(bytes)).toThrow(message);
  });
});

describe('writeSafetensors', () => {
  test('refuses a shape that does not fit, and a reserved name', () => {
    const data = Float32Array.of(1, 2, 3);
    expect(() => writeSafetensors(new Map([['a', { shape: [2], data }]]))).toThrow(/3 elements.*\[2\]/);
    expect(() => writeSafetensors(new Map([['a', { shape: [3], data, dtype: 'I32' }]]))).toThrow(/as I32/);
    expect(() => writeSafetensors(new Map([['__metadata__', { shape: [3], data }]]))).toThrow(/No tensor/);
  });

  test('writes every half as itself, and float32 as the nearest half, ties to even', () => {
    const roundTrip = (values: Float32Array) => {
      const file = writeSafetensors(new Map([['a', { shape: [values.length], data: values, half: true }]]));
      const { data, dtype } = readSafetensors(file).tensors.get('a') as FileTensor;
      expect(dtype).toBe('F16');
      return floatsOf(data as Halves);
    };
    const words = Uint16Array.from({ length: 2 ** 16 }, (_, i) => i);
    const bytes = fileOf({ all: entry('F16', [2 ** 16], [0, 2 ** 17]) }, 2 ** 17);
    bytes.set(new Uint8Array(words.buffer), bytes.length - 2 ** 17);
    const halves = floatsOf(readSafetensors(bytes).tensors.get('all')?.data as Halves);
    expect(roundTrip(halves)).toEqual(halves);

    // Positive halves in order, and the step of the exponent where the next would be, which is infinity.
    const ladder = [...halves.slice(0, 0x7c00), 65536];
    const between = (share: number) =>
      Float32Array.from(ladder.slice(1), (high, i) => (ladder[i] as number) * (1 - share) + high * share);
    const low = Float32Array.from(ladder.slice(0, -1));
    const high = Float32Array.from(ladder.slice(1), (value) => (value > 65504 ? Infinity : value));
    expect(roundTrip(between(0.499))).toEqual(low);
    expect(roundTrip(between(0.501))).toEqual(high);
    expect(roundTrip(between(0.5))).toEqual(
      low.map((value, i) => (i % 2 === 0 ? value : (high[i] as number))),
    );
    expect(roundTrip(between(0.501).map((value) => -value))).toEqual(high.map((value) => -value));
    expect(roundTrip(Float32Array.of(1e30, -Infinity, 1e-40, -0))).toEqual(
      Float32Array.of(Infinity, -Infinity, 0, -0),
    );
  });

  test('gives back what was written, aligned', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), tensors),
        fc.dictionary(fc.string(), fc.string()),
        (dict, metadata) => {
          delete dict.__metadata__;
          const written = new Map(Object.entries(dict));
          const bytes = writeSafetensors(written, metadata);
          const file = readSafetensors(bytes);
          expect(file.metadata).toEqual(Object.assign(Object.create(null), metadata));
          expect(file.tensors.size).toBe(written.size);
          for (const [name, { shape, data }] of written) {
            expect(file.tensors.get(name)).toMatchObject({ shape, data });
            expect(file.tensors.get(name)?.data.buffer).toBe(bytes.buffer);
          }
        },
      ),
    );
  });
});

test('a corrupted file is read or refused, never worse', () => {
  const whole = [golden('tiny.inputs'), golden('tiny.chain'), writeSafetensors(new Map(), { a: 'b' })];
  const corruption = fc.record({
    file: fc.constantFrom(...whole),
    cutTo: fc.double({ min: 0, max: 1, noNaN: true }),
    // Most in the header: that is where the reader can be misled.
    changes: fc.array(fc.tuple(fc.nat(300), fc.nat(255)), { maxLength: 6 }),
    cut: fc.boolean(),
  });
  fc.assert(
    fc.property(corruption, ({ file, cutTo, changes, cut }) => {
      const bytes = file.slice(0, cut ? Math.floor(cutTo * file.length) : file.length);
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
      try {
        readSafetensors(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(SafetensorsError);
      }
    }),
    { numRuns: 3000 },
  );
});

test('a hostile header of the largest size is refused', () => {
  const inside = 2 ** 24 - 40;
  const hostile = [`{"a":"${'\\"'.repeat(inside / 2)}"}`, `{"a":"${'x'.repeat(inside)}"}`];
  hostile.push(`{"a":{"shape":[${'1,'.repeat(inside / 2 - 20)}1]}}`);
  for (const header of hostile) {
    expect(() => readSafetensors(fileOf(header))).toThrow(SafetensorsError);
  }
});

const arrays = fc.oneof(
  fc.float32Array({ maxLength: 12 }),
  fc.float64Array({ maxLength: 12 }),
  fc.int32Array({ maxLength: 12 }),
  fc.bigInt64Array({ maxLength: 12 }),
  fc.uint8Array({ maxLength: 12 }),
  fc.int8Array({ maxLength: 12 }),
  fc.int16Array({ maxLength: 12 }),
  fc.uint32Array({ maxLength: 12 }),
  fc.bigUint64Array({ maxLength: 12 }),
) as fc.Arbitrary<TensorData>;

/** An array, as a vector or as a matrix of two rows. */
const tensors = fc.tuple(arrays, fc.boolean()).map(([data, even]) => ({
  data,
  shape: even && data.length % 2 === 0 ? [2, data.length / 2] : [data.length],
}));
