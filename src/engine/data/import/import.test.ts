import fc from 'fast-check';
import { gzipSync, strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { formatIdx } from '../idx';
import { buildDataset, suitableShape } from './buildDataset';
import { importPictures } from './importPictures';
import { type Bitmap, ImportError } from './pixels';
import { resample } from './resample';
import { unzipFiles } from './unpack';

const noImages = async (): Promise<Bitmap> => {
  throw new Error('no decoder');
};
const file = (name: string, bytes: Uint8Array) => ({ name, bytes });
const read = (...files: { name: string; bytes: Uint8Array }[]) => importPictures(files, noImages);

/** A .npy as NumPy writes it. */
function npy(descr: string, shape: number[], data: Uint8Array, order = 'False'): Uint8Array {
  const dict = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`;
  const header = `${dict.padEnd(117, ' ')}\n`;
  return Uint8Array.of(0x93, ...strToU8('NUMPY'), 1, 0, header.length, 0, ...strToU8(header), ...data);
}

const floats = (values: number[]) => new Uint8Array(Float32Array.from(values).buffer);

describe('pictures come out of', () => {
  const levels = Uint8Array.from({ length: 2 * 9 }, (_, i) => 14 * i);
  const expected = [levels.slice(0, 9), levels.slice(9)];
  const pixels = async (...files: { name: string; bytes: Uint8Array }[]) =>
    (await read(...files)).map(({ bitmap }) => Uint8Array.from(bitmap.pixels));

  test('.npy of bytes, and of floats in three ranges', async () => {
    expect(await pixels(file('a.npy', npy('|u1', [2, 3, 3], levels)))).toEqual(expected);
    for (const scale of [(v: number) => v / 255, (v: number) => v / 127.5 - 1, (v: number) => v]) {
      const data = floats([...levels].map(scale));
      expect(await pixels(file('a.npy', npy('<f4', [2, 9], data)))).toEqual(expected);
    }
  });

  test('.npy with the channels last or first', async () => {
    const last = Uint8Array.from({ length: 12 }, (_, i) => i);
    const first = Uint8Array.from([0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11]);
    expect(await pixels(file('a.npy', npy('|u1', [1, 2, 2, 3], last)))).toEqual([last]);
    expect(await pixels(file('a.npy', npy('|u1', [1, 3, 2, 2], first)))).toEqual([last]);
  });

  test('.npz with labels, and .idx.gz with theirs', async () => {
    const labels = Uint8Array.of(7, 3);
    const npz = zipSync({
      'images.npy': npy('|u1', [2, 3, 3], levels),
      'labels.npy': npy('|u1', [2], labels),
    });
    const idx = [
      file('train-images-idx3-ubyte.gz', gzipSync(formatIdx({ shape: [2, 3, 3], values: levels }))),
      file('train-labels-idx1-ubyte.gz', gzipSync(formatIdx({ shape: [2], values: labels }))),
    ];
    for (const files of [[file('set.npz', npz)], idx]) {
      const pictures = await read(...files);
      expect(pictures.map(({ className }) => className)).toEqual(['7', '3']);
      expect(pictures.map(({ bitmap }) => Uint8Array.from(bitmap.pixels))).toEqual(expected);
    }
  });

  test('IDX files whose names say nothing: labels by their one dimension, and by their count', async () => {
    const set = (name: string, count: number) => [
      file(`${name}-a.idx`, formatIdx({ shape: [count, 1, 1], values: new Uint8Array(count).fill(99) })),
      file(
        `${name}-b.idx`,
        formatIdx({ shape: [count], values: Uint8Array.from({ length: count }, (_, i) => i) }),
      ),
    ];
    expect((await read(...set('x', 2))).map(({ className }) => className)).toEqual(['0', '1']);
    const both = await read(...set('x', 2), ...set('y', 3));
    expect(both.map(({ className }) => className)).toEqual(['0', '1', '0', '1', '2']);
    const unpacked = set('train-labels-idx1-ubyte', 2).map(({ name, bytes }) => file(`${name}.gz`, bytes));
    expect(await read(...unpacked)).toHaveLength(2);
    const [images] = set('z', 2);
    expect(await read(file('get.gz', gzipSync(images?.bytes as Uint8Array)))).toHaveLength(2);
  });

  test('.csv with a header and a class, or without', async () => {
    const rows = expected.map((row) => [...row]);
    const withHeader = `label,${rows[0]?.map((_, i) => `p${i}`)}\n${rows.map((row, i) => `c${i},${row}`).join('\n')}\n`;
    const pictures = await read(file('a.csv', strToU8(withHeader)));
    expect(pictures.map(({ className }) => className)).toEqual(['c0', 'c1']);
    expect(await pixels(file('a.csv', strToU8(rows.map((row) => row.join(';')).join('\r\n'))))).toEqual(
      expected,
    );
  });

  test('images in folders, which are the classes where there are two', async () => {
    const decode = async ({ bytes }: { bytes: Uint8Array }): Promise<Bitmap> => ({
      width: 1,
      height: 1,
      channels: 1,
      pixels: bytes,
    });
    const zip = zipSync({
      'set/cat/1.png': Uint8Array.of(1),
      'set/dog/1.png': Uint8Array.of(2),
      '__MACOSX/x.png': Uint8Array.of(3),
    });
    const pictures = await importPictures([file('set.zip', zip)], decode);
    expect(pictures.map(({ className, bitmap }) => [className, bitmap.pixels[0]])).toEqual([
      ['cat', 1],
      ['dog', 2],
    ]);
    const [alone] = await importPictures([file('only/1.png', Uint8Array.of(9))], decode);
    expect(alone?.className).toBeNull();
  });
});

describe('a message says what is wrong with', () => {
  test.each<[string, { name: string; bytes: Uint8Array }, RegExp]>([
    ['nothing', file('notes.txt', strToU8('hello')), /notes\.txt holds no picture\. Choose images/],
    ['a zip that is none', file('a.zip', strToU8('PK nonsense')), /a\.zip is no zip archive, or damaged/],
    [
      'a picture that is none',
      file('a.png', strToU8('nonsense')),
      /a\.png is no picture that can be read here/,
    ],
    ['an empty table', file('a.csv', strToU8('\n')), /a\.csv is empty/],
    [
      'text in a table',
      file('a.csv', strToU8('1,2,3,4\n1,2,x,4')),
      /a\.csv, line 2, column 3: 'x' is no number/,
    ],
    [
      'a row that is too short',
      file('a.csv', strToU8('1,2,3,4\n1,2,3')),
      /line 2 has 3 columns, but the first has 4/,
    ],
    [
      'rows that are not square',
      file('a.csv', strToU8('1,2,3\n1,2,3')),
      /3 columns: a row must hold a square picture/,
    ],
    ['objects', file('a.npy', npy('|O', [1], Uint8Array.of(1))), /holds '\|O'.*objects are not read/],
    ['Fortran order', file('a.npy', npy('|u1', [1, 1, 1], Uint8Array.of(1), 'True')), /Fortran order/],
    [
      'a cut array',
      file('a.npy', npy('|u1', [2, 2, 2], Uint8Array.of(1))),
      /announces 2×2×2 values but holds 1/,
    ],
    ['NaN', file('a.npy', npy('<f4', [1, 1], floats([Number.NaN]))), /holds NaN or infinity/],
    [
      'levels out of range',
      file('a.npy', npy('<f4', [1, 1], floats([-300]))),
      /from -300 to -300: levels must lie/,
    ],
    [
      'a false count',
      file('a.idx', formatIdx({ shape: [1, 2, 2], values: new Uint8Array(4) }).slice(0, -1)),
      /a\.idx announces 4 values \(1×2×2\) but holds 3/,
    ],
    [
      'a cut gzip',
      file('a.idx.gz', gzipSync(new Uint8Array(5000)).slice(0, 20)),
      /a\.idx\.gz is (cut off|no gzip file)/,
    ],
  ])('%s', async (_, given, message) => {
    await expect(read(given)).rejects.toThrow(message);
    await expect(read(given)).rejects.toThrow(ImportError);
  });

  test('an archive that unpacks to too much, before it is unpacked', () => {
    const zip = zipSync({ 'a.npy': new Uint8Array(1000) });
    // The size in the central directory, as a bomb announces it.
    const view = new DataView(zip.buffer);
    for (let at = 0; at < zip.length - 4; at++)
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 2 ** 31, true);
    expect(() => unzipFiles(file('bomb.zip', zip))).toThrow(/bomb\.zip unpacks to more than 512 MB/);
  });

  test('whatever bytes come: an ImportError or pictures, nothing else', async () => {
    const names = ['a.npy', 'a.npz', 'a.zip', 'a.csv', 'a.idx', 'a.idx.gz', 'labels.npy'];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.uint8Array({ maxLength: 300 }),
        fc.nat(200),
        async (name, noise, at) => {
          const sound = npy('|u1', [2, 3, 3], new Uint8Array(18));
          const bytes = at % 2 ? noise : Uint8Array.of(...sound.slice(0, at), ...noise);
          await read(file(name, bytes)).catch((error) => expect(error).toBeInstanceOf(ImportError));
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('resample', () => {
  test('keeps what is even as it is, and takes means where pixels are many', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 255 }),
        (width, height, level) => {
          const even = {
            width,
            height,
            channels: 1 as const,
            pixels: new Uint8Array(width * height).fill(level),
          };
          const resampled = resample(even, { imageSize: 8, channels: 1 });
          expect(resampled.every((value) => value === level)).toBe(true);
        },
      ),
    );
    const checks = {
      width: 4,
      height: 2,
      channels: 1 as const,
      pixels: Uint8Array.of(9, 0, 200, 9, 9, 100, 0, 9),
    };
    expect([...resample(checks, { imageSize: 1, channels: 1 })]).toEqual([75]);
    expect([...resample(checks, { imageSize: 2, channels: 1 })]).toEqual([0, 200, 100, 0]);
  });

  test('makes grey of colours and black of what is transparent', () => {
    const red = { width: 1, height: 1, channels: 4 as const, pixels: Uint8Array.of(255, 0, 0, 255) };
    expect([...resample(red, { imageSize: 1, channels: 1 })]).toEqual([76]);
    expect([...resample(red, { imageSize: 1, channels: 3 })]).toEqual([255, 0, 0]);
    expect([
      ...resample({ ...red, pixels: Uint8Array.of(255, 255, 255, 0) }, { imageSize: 1, channels: 1 }),
    ]).toEqual([0]);
  });
});

test('a data set has one size, levels in [−1, 1], and its classes in the order of their names', async () => {
  const pictures = await read(
    file(
      'a.npz',
      zipSync({
        'images.npy': npy('|u1', [3, 9, 9], new Uint8Array(243).fill(255)),
        'labels.npy': npy('|u1', [3], Uint8Array.of(10, 9, 10)),
      }),
    ),
  );
  const shape = suitableShape(pictures);
  expect(shape).toEqual({ imageSize: 8, channels: 1 });
  const dataset = buildDataset(pictures, shape);
  expect(dataset).toMatchObject({ count: 3, imageSize: 8, channels: 1, classNames: ['9', '10'] });
  expect([...dataset.labels]).toEqual([1, 0, 1]);
  expect(dataset.images).toEqual(new Float32Array(3 * 64).fill(1));
});
