import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { gzipSync, strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { fuzzRuns } from '../../fuzz';
import { formatIdx, parseIdx } from '../idx';
import { memorySpool, namedBytes } from './files/byteSource';
import { zipMembers } from './files/zip';
import { ImportError } from './pixels';
import { imported, tar } from './testing/files';

/** How many images, or an ImportError that names the file; with the file left as it was. */
async function outcome(name: string, bytes: Uint8Array): Promise<number | string> {
  const before = bytes.slice();
  let result: number | string;
  try {
    const { built } = await imported({ [name]: bytes });
    expect(built.levels.length).toBe(built.count * built.imageSize ** 2 * built.channels);
    expect(built.labels.every((label) => label < built.classNames.length)).toBe(true);
    result = built.count;
  } catch (error) {
    expect(error, String((error as Error).stack)).toBeInstanceOf(ImportError);
    result = (error as Error).message;
    expect(result).toContain(name.replace(/\.gz$/, ''));
  }
  expect(Buffer.compare(bytes, before)).toBe(0);
  expect(Object.keys(Object.prototype)).toEqual([]);
  return result;
}

/** Some of the bytes changed, and the end cut off or other bytes after it. */
const harmed = (sound: fc.Arbitrary<Uint8Array>) =>
  fc
    .record({
      sound,
      changes: fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 5 }),
      cut: fc.oneof(fc.constant(0), fc.nat(40)),
      more: fc.oneof(fc.constant(new Uint8Array()), fc.uint8Array({ maxLength: 20 })),
    })
    .map(({ sound: bytes, changes, cut, more }) => {
      const changed = Uint8Array.of(...bytes.subarray(0, Math.max(0, bytes.length - cut)), ...more);
      for (const [at, value] of changed.length > 0 ? changes : []) changed[at % changed.length] = value;
      return changed;
    });

const sides = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 9 }) }, fc.constant(0));
const anyShape = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(sides, fc.integer({ min: 3, max: 9 }), fc.integer({ min: 3, max: 9 })) },
  fc.array(fc.oneof(sides, fc.constantFrom(2 ** 16, 2 ** 32, 2 ** 53)), { maxLength: 6 }),
);

/** A .npy with the header of NumPy, the descr and shape that are given, and as many bytes as they would need at most. */
function npy(descr: string, shape: readonly unknown[], order: string, data: Uint8Array): Uint8Array {
  const header = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${shape.join(', ')},), }\n`;
  const text = strToU8(header);
  return Uint8Array.of(
    0x93,
    ...strToU8('NUMPY'),
    1,
    0,
    text.length & 255,
    text.length >> 8,
    ...text,
    ...data,
  );
}

const npys = fc
  .record({
    descr: fc.oneof(
      fc.constantFrom('|u1', '|b1', '<u2'),
      fc.constantFrom('|u1', '<f4', '<f8', '<u2', '<i2', '<i4', '<u4', '<i8', '<u8', '|i1', '|b1'),
      fc.constantFrom('|O', '>f4', '<U8', '__proto__', 'c16', ''),
    ),
    shape: anyShape,
    order: fc.constantFrom('False', 'False', 'False', 'False', 'False', 'True', 'None'),
    seed: fc.oneof(fc.constant(Uint8Array.of(9, 0)), fc.uint8Array({ minLength: 1, maxLength: 8 })),
    surplus: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: -3, max: 3 })),
  })
  .map(({ descr, shape, order, seed, surplus }) => {
    const size = Number(/\d+$/.exec(descr)?.[0] ?? 1);
    const count = shape.reduce((product, side) => product * side, 1);
    const length = count * size < 5000 ? Math.max(0, count * size + surplus) : 16;
    const data = Uint8Array.from({ length }, (_, i) => seed[i % seed.length] as number);
    return npy(descr, shape, order, data);
  });

const idxs = fc
  .tuple(fc.array(sides, { minLength: 1, maxLength: 5 }), fc.nat(255))
  .map(([shape, value]) =>
    formatIdx({ shape, values: new Uint8Array(shape.reduce((a, b) => a * b)).fill(value) }),
  );

const csvs = fc
  .record({
    rows: fc.array(
      fc.array(
        fc.oneof(
          fc.integer({ min: 0, max: 255 }).map(String),
          fc.integer({ min: 0, max: 255 }).map(String),
          fc.integer({ min: 0, max: 255 }).map(String),
          fc.constantFrom(
            '',
            'x',
            'NaN',
            '1e400',
            '-1',
            '0x10',
            '__proto__',
            '"a"',
            '"',
            '=1+1',
            '\u0000',
            '<b>',
          ),
        ),
        { minLength: 1, maxLength: 20 },
      ),
      { maxLength: 6 },
    ),
    width: fc.constantFrom(64, 65, 66, 68),
    even: fc.boolean(),
    header: fc.boolean(),
    separator: fc.constantFrom(',', ';', '\t'),
    end: fc.constantFrom('\n', '\r\n'),
  })
  .map(({ rows, width, even, header, separator, end }) => {
    const lines = even
      ? rows.map((row) => Array.from({ length: width }, (_, i) => row[i % row.length]))
      : rows;
    const names = header ? [Array.from({ length: width }, (_, i) => (i === 0 ? 'label' : `p${i}`))] : [];
    return strToU8([...names, ...lines].map((row) => row.join(separator)).join(end));
  });

/** As long as `__proto__`, which zipSync cannot write. */
const PROTO = 'PROTOTYPE';

const members = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(fc.constantFrom('a.npy', '../../a.npy'), npys) },
  fc.tuple(fc.constant('x/a.idx'), idxs),
  fc.tuple(fc.constant('a.csv'), csvs),
  fc.tuple(fc.constantFrom('labels.npy', PROTO, 'a.zip', 'a.npy'), fc.oneof(npys, idxs, csvs)),
);
const zips = fc.array(members, { minLength: 1, maxLength: 3 }).map((list) => {
  const files: Record<string, Uint8Array> = {};
  for (const [name, bytes] of list) files[name] = bytes;
  return Buffer.from(Buffer.from(zipSync(files)).toString('latin1').replaceAll(PROTO, '__proto__'), 'latin1');
});

const tars = fc
  .array(fc.tuple(fc.constantFrom('a.npy', `${'long/'.repeat(30)}b.npy`, '../c.idx'), fc.oneof(npys, idxs)), {
    minLength: 1,
    maxLength: 3,
  })
  .map((list) => tar(Object.fromEntries(list)));

const records = fc
  .array(fc.tuple(fc.nat(12), fc.nat(255)), { minLength: 1, maxLength: 3 })
  .map((list) => Uint8Array.from(list.flatMap(([label, level]) => [label, ...new Array(3072).fill(level)])));

/** An image a row in a column of structs, and a label. */
const parquet = new Uint8Array(
  readFileSync(new URL('testing/realFiles/parquet/train-00000-of-00001.parquet', import.meta.url)),
);

const jsonRow = fc.record(
  {
    label: fc.oneof(fc.string(), fc.nat(3)),
    image: fc.array(fc.nat(255), { minLength: 64, maxLength: 64 }),
    other: fc.jsonValue(),
    __proto__: fc.jsonValue(),
  },
  { requiredKeys: ['label', 'image'] },
);
const jsons = fc
  .oneof(
    fc
      .array(jsonRow, { minLength: 2, maxLength: 4 })
      .map((rows) => rows.map((row) => JSON.stringify(row)).join('\n')),
    fc.array(jsonRow, { minLength: 1, maxLength: 4 }).map((rows) => JSON.stringify(rows)),
    fc.json(),
  )
  .map((text) => strToU8(text));

describe('whatever is in it: images or a message that names the file', () => {
  test.each<[string, string, fc.Arbitrary<Uint8Array>]>([
    ['.npy', 'a.npy', npys],
    ['.idx', 'a.idx', idxs],
    ['.idx.gz', 'a.idx.gz', idxs.map((bytes) => gzipSync(bytes))],
    ['.csv', 'a.csv', csvs],
    ['.json', 'a.json', jsons],
    ['.zip', 'a.zip', zips],
    ['.npz', 'a.npz', zips],
    ['.tar', 'a.tar', tars],
    ['.tar.gz', 'a.tar.gz', tars.map((bytes) => gzipSync(bytes))],
    ['.bin of CIFAR', 'a.bin', records],
    ['.parquet', 'a.parquet', fc.constant(parquet)],
  ])('%s', { timeout: 300_000 }, async (_, name, sound) => {
    let [read, refused] = [0, 0];
    await fc.assert(
      fc.asyncProperty(fc.oneof(sound, harmed(sound)), async (bytes) => {
        if (typeof (await outcome(name, bytes)) === 'string') refused++;
        else read++;
      }),
      { numRuns: fuzzRuns },
    );
    // Neither of them is all that is tested.
    expect(Math.min(read, refused)).toBeGreaterThan(fuzzRuns / 100);
  });
});

test('idx: whatever bytes, an array as large as its shape or an error that names the file', () => {
  fc.assert(
    fc.property(fc.oneof(harmed(idxs), fc.uint8Array({ maxLength: 60 })), (bytes) => {
      try {
        const { shape, values } = parseIdx(bytes, 'a.idx');
        expect(values.length).toBe(shape.reduce((a, b) => a * b));
      } catch (error) {
        if ((error as Error).name === 'AssertionError') throw error;
        expect((error as Error).message).toMatch(/^a\.idx (is not|ends within|announces)/);
      }
    }),
    { numRuns: fuzzRuns },
  );
});

describe('an archive that would take far more than it is', () => {
  /** Sets a word of each entry of the central directory. */
  function announcing(zip: Uint8Array, at: number, value: number): Uint8Array {
    const view = new DataView(zip.buffer);
    for (let i = 0; i < zip.length - 4; i++)
      if (view.getUint32(i, true) === 0x02014b50) view.setUint32(i + at, value, true);
    return zip;
  }
  const COMPRESSED_SIZE = 20;
  const ORIGINAL_SIZE = 24;
  const LOCAL_HEADER = 42;

  test('by a size that its bytes cannot hold', async () => {
    const zip = announcing(zipSync({ 'a.npy': new Uint8Array(1000) }), ORIGINAL_SIZE, 500 * 2 ** 20);
    const before = process.memoryUsage().arrayBuffers;
    await expect(zipMembers(namedBytes('bomb.zip', zip), memorySpool)).rejects.toThrow(
      'bomb.zip is damaged: it announces more than a.npy can hold.',
    );
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 20);
  });

  test('by many members of the same bytes that announce none', async () => {
    const stored: [Uint8Array, { level: 0 }] = [new Uint8Array(2 ** 20), { level: 0 }];
    const zip = announcing(
      zipSync(Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`${i}.npy`, stored]))),
      ORIGINAL_SIZE,
      0,
    );
    // All are the whole of the archive.
    announcing(zip, COMPRESSED_SIZE, 40 * 2 ** 20);
    for (let i = 0, view = new DataView(zip.buffer); i < zip.length - 4; i++)
      if (view.getUint32(i, true) === 0x02014b50) view.setUint32(i + LOCAL_HEADER, 0, true);
    await expect(zipMembers(namedBytes('many.zip', zip), memorySpool)).rejects.toThrow(
      'many.zip is damaged: its files share the same bytes.',
    );
  });
});

test.each(['|u1', '<f4', '<u2', '<f8', '<i2'])(
  'of an array of 32 MB in %s a part is taken in at most 1.5 times the memory of that part',
  async (descr) => {
    const size = Number(descr.slice(2));
    const count = 2 ** 25 / size / 1024;
    const header = npy(descr, [count, 32, 32], 'False', new Uint8Array());
    const bytes = new Uint8Array(header.length + 2 ** 25);
    bytes.set(header);
    const taken = count / 4;
    const before = process.memoryUsage().arrayBuffers;
    const { built, total } = await imported({ 'large.npy': bytes }, { limit: taken });
    expect([built.count, total]).toEqual([taken, count]);
    // Chunks that are read and not yet collected come on top of the levels.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1.5 * taken * 1024 + 8 * 2 ** 20);
  },
);
