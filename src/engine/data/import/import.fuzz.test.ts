import fc from 'fast-check';
import { gzipSync, strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { fuzzRuns, LONGEST_MS } from '../../fuzz';
import { formatIdx, parseIdx } from '../idx';
import { importPictures } from './importPictures';
import { type Bitmap, ImportError, type ImportedPicture } from './pixels';
import { unzipFiles } from './unpack';

/** A decoder that takes nothing: the platform's own is not what is tested here. */
const decode = async (): Promise<Bitmap> => {
  throw new Error('no decoder');
};

/** Pictures, or an ImportError that names the file; within the time, and with the file left as it was. */
async function outcome(name: string, bytes: Uint8Array): Promise<ImportedPicture[] | string> {
  const before = bytes.slice();
  const begin = performance.now();
  let result: ImportedPicture[] | string;
  try {
    result = await importPictures([{ name, bytes }], decode);
    for (const { bitmap } of result)
      expect(bitmap.pixels.length).toBe(bitmap.width * bitmap.height * bitmap.channels);
  } catch (error) {
    expect(error, String((error as Error).stack)).toBeInstanceOf(ImportError);
    result = (error as Error).message;
    // A member of an archive is named by its own name.
    if (!/\.(zip|npz)$/.test(name)) expect(result).toContain(name.replace(/\.gz$/, ''));
  }
  expect(performance.now() - begin).toBeLessThan(LONGEST_MS);
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

const sides = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 6 }) }, fc.constant(0));
const anyShape = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(sides, sides, sides) },
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
          fc.constantFrom('', 'x', 'NaN', '1e400', '-1', '0x10', '__proto__', '"a"', '=1+1', '\u0000', '<b>'),
        ),
        { minLength: 1, maxLength: 10 },
      ),
      { maxLength: 6 },
    ),
    even: fc.boolean(),
    header: fc.boolean(),
    separator: fc.constantFrom(',', ';', '\t'),
    end: fc.constantFrom('\n', '\r\n'),
  })
  .map(({ rows, even, header, separator, end }) => {
    const width = rows[0]?.length ?? 1;
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

describe('whatever is in it: pictures or a message that names the file', () => {
  test.each<[string, string, fc.Arbitrary<Uint8Array>]>([
    ['.npy', 'a.npy', npys],
    ['.idx', 'a.idx', idxs],
    ['.idx.gz', 'a.idx.gz', idxs.map((bytes) => gzipSync(bytes))],
    ['.csv', 'a.csv', csvs],
    ['.zip', 'a.zip', zips],
    ['.npz', 'a.npz', zips],
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

  test('by a size that its bytes cannot hold', () => {
    const zip = announcing(zipSync({ 'a.npy': new Uint8Array(1000) }), ORIGINAL_SIZE, 500 * 2 ** 20);
    const before = process.memoryUsage().arrayBuffers;
    expect(() => unzipFiles({ name: 'bomb.zip', bytes: zip })).toThrow(
      'bomb.zip is damaged: it announces more than a.npy can hold.',
    );
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 20);
  });

  test('by many members of the same bytes that announce none', () => {
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
    const begin = performance.now();
    expect(() => unzipFiles({ name: 'many.zip', bytes: zip })).toThrow(
      'many.zip unpacks to more than 512 MB: take fewer pictures.',
    );
    expect(performance.now() - begin).toBeLessThan(LONGEST_MS);
  });
});

test.each(['|u1', '<f4', '<u2', '<f8', '<i2'])(
  'an array of 32 MB in %s becomes pictures with at most 1.5 times that',
  async (descr) => {
    const size = Number(descr.slice(2));
    const count = 2 ** 25 / size / 1024;
    const header = npy(descr, [count, 32, 32], 'False', new Uint8Array());
    const bytes = new Uint8Array(header.length + 2 ** 25);
    bytes.set(header);
    const before = process.memoryUsage().arrayBuffers;
    expect(await outcomeOfLarge(bytes)).toBe(count);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1.5 * bytes.length);
  },
);

async function outcomeOfLarge(bytes: Uint8Array): Promise<number> {
  const begin = performance.now();
  const pictures = await importPictures([{ name: 'large.npy', bytes }], decode);
  expect(performance.now() - begin).toBeLessThan(4 * LONGEST_MS);
  return pictures.length;
}
