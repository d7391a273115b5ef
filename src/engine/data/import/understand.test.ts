import fc from 'fast-check';
import { encode as encodePng } from 'fast-png';
import { gzipSync, strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { formatIdx } from '../idx';
import { hasColours, suitableSize, trainable } from './buildImages';
import { memorySpool, namedBytes } from './files/byteSource';
import { zipMembers } from './files/zip';
import { ImportError } from './pixels';
import { resample } from './resample';
import { classesOf, imagesOf, imported, npy, npz, tar } from './testing/files';

const png = (level: number, size = 8) =>
  encodePng({ width: size, height: size, channels: 1, data: new Uint8Array(size * size).fill(level) });
/** Images by their paths, each of another level. */
const images = (...paths: string[]) => Object.fromEntries(paths.map((path, i) => [path, png(10 + i)]));

describe('classes are folders', () => {
  test.each<[string, string[], (string | null)[]]>([
    ['the last one', ['set/cat/1.png', 'set/dog/1.png'], ['cat', 'dog']],
    [
      'below train and test',
      ['train/cat/1.png', 'train/dog/1.png', 'test/cat/2.png', 'test/dog/2.png'],
      ['cat', 'dog', 'cat', 'dog'],
    ],
    [
      'below parts of other names',
      ['seg_train/seg_train/sea/1.png', 'seg_train/seg_train/ice/1.png', 'seg_test/seg_test/sea/1.png'],
      ['sea', 'ice', 'sea'],
    ],
    [
      'above images, as in Tiny ImageNet',
      ['train/n01/images/1.png', 'train/n02/images/1.png', 'train/n02/images/2.png'],
      ['n01', 'n02', 'n02'],
    ],
    [
      'above folders that come again',
      ['cat/a/1.png', 'cat/b/1.png', 'dog/a/1.png', 'dog/b/1.png'],
      ['cat', 'cat', 'dog', 'dog'],
    ],
    [
      'above folders of one image each',
      ['cat/x1/1.png', 'cat/x2/1.png', 'dog/x3/1.png'],
      ['cat', 'cat', 'dog'],
    ],
    [
      'the last one of a tree',
      ['pet/cat/1.png', 'pet/cat/2.png', 'pet/dog/1.png', 'pet/dog/2.png', 'car/van/1.png', 'car/van/2.png'],
      ['cat', 'cat', 'dog', 'dog', 'van', 'van'],
    ],
    ['called train, beside others', ['bus/1.png', 'car/1.png', 'train/1.png'], ['bus', 'car', 'train']],
    ['none where there is one', ['set/cat/1.png', 'set/cat/2.png'], ['all', 'all']],
    ['none for parts of the data', ['train/1.png', 'test/2.png', 'val/3.png'], ['all', 'all', 'all']],
    ['none for images and their kind', ['images/1.png', 'photos/2.png'], ['all', 'all']],
    [
      'the words in the names of files, in one folder',
      ['train/cat.0.png', 'train/cat.1.png', 'train/dog.0.png', 'train/dog.1.png'],
      ['cat', 'cat', 'dog', 'dog'],
    ],
    [
      'none for names that cameras give',
      ['IMG_1.png', 'IMG_2.png', 'DSC_1.png', 'DSC_2.png'],
      ['all', 'all', 'all', 'all'],
    ],
  ])('%s', async (_, paths, classes) => {
    expect(classesOf(await imported(images(...paths)))).toEqual(classes);
    for (const archive of [
      { 'set.zip': zipSync(images(...paths)) },
      { 'set.tgz': gzipSync(tar(images(...paths))) },
    ])
      expect(classesOf(await imported(archive))).toEqual(classes);
  });

  test('and archives, one a class', async () => {
    const found = await imported({
      'cat.zip': zipSync(images('1.png', '2.png')),
      'dog.zip': zipSync(images('3.png')),
    });
    expect(classesOf(found)).toEqual(['cat', 'cat', 'dog']);
  });

  test('more than a hundred are kept in the report, and no classes for training', async () => {
    const paths = Array.from({ length: 102 }, (_, i) => `class_${i}/1.png`);
    const { built } = await imported(images(...paths.map((path) => path)));
    expect(built.classNames.length).toBe(102);
    expect(trainable(built)).toMatchObject({ count: 102, classNames: ['all'], labels: new Uint8Array(102) });
  });
});

describe('archives are opened whatever they are called, one in another', () => {
  const two = images('set/cats/1.png', 'set/dogs/1.png');
  const long = `${'a-long-folder/'.repeat(9)}cats/1.png`;
  const withBackslashes = Object.fromEntries(
    Object.entries(two).map(([name, bytes]) => [name.replaceAll('/', '\\'), bytes]),
  );
  test.each<[string, Record<string, Uint8Array>]>([
    ['.zip', { 'a.zip': zipSync(two) }],
    ['no suffix', { a: zipSync(two) }],
    ['backslashes, as PowerShell writes them', { 'a.zip': zipSync(withBackslashes) }],
    ['stored', { 'a.zip': zipSync(two, { level: 0 }) }],
    ['.tar', { 'a.tar': tar(two) }],
    ['.tar.gz', { 'a.tar.gz': gzipSync(tar(two)) }],
    ['.tgz in a .zip', { 'a.zip': zipSync({ 'b.tgz': gzipSync(tar(two)) }) }],
    ['a .zip in a .zip in a .zip', { 'a.zip': zipSync({ 'b.zip': zipSync({ 'c.zip': zipSync(two) }) }) }],
    [
      'a gzip in parts',
      {
        'a.tar.gz': Uint8Array.of(
          ...gzipSync(tar(two).subarray(0, 700)),
          ...gzipSync(tar(two).subarray(700)),
        ),
      },
    ],
  ])('%s', async (_, files) => {
    const found = await imported(files);
    expect(classesOf(found)).toEqual(['cats', 'dogs']);
    expect(found.leftOut).toEqual([]);
  });

  test.each([
    ['above the folder', '../cats/1.png', '../dogs/2.png'],
    ['far above', '../../../../../../etc/cats/1.png', '../../../../../../etc/dogs/2.png'],
    ['above, with backslashes', '..\\cats\\1.png', '..\\dogs\\2.png'],
    ['from the root', '/cats/1.png', '/dogs/2.png'],
    ['up and down', 'a/../cats/1.png', 'a/../dogs/2.png'],
  ])('names that lead %s are names: nothing is written by them', async (_, cat, dog) => {
    // In a tar a backslash is a letter of the name.
    for (const archive of cat.includes('\\') ? [zipSync] : [zipSync, tar]) {
      const found = await imported({ 'a.zip': archive({ [cat]: png(5), [dog]: png(6) }) });
      expect(classesOf(found)).toEqual(['cats', 'dogs']);
      expect(imagesOf(found).map(([level]) => level)).toEqual([5, 6]);
    }
  });

  test('a long name in a tar', async () => {
    const found = await imported({
      'a.tar': tar({ [long]: png(5), [long.replace('cats', 'dogs')]: png(6) }),
    });
    expect(classesOf(found)).toEqual(['cats', 'dogs']);
  });

  test('but not without end', async () => {
    let bytes = zipSync(two);
    for (let i = 0; i < 8; i++) bytes = zipSync({ 'a.zip': bytes });
    await expect(imported({ 'a.zip': bytes })).rejects.toThrow('is in too many archives: unpack it first.');
  });
});

describe('what is no image is left out by name, beside those that are', () => {
  const good = images('cats/1.png', 'dogs/2.png');
  test.each<[string, string, Uint8Array, RegExp]>([
    ['hidden files of macOS', 'cats/._1.png', png(9), /hidden/],
    ['and their folders', '__MACOSX/cats/1.png', png(9), /hidden/],
    ['and of Windows', 'cats/Thumbs.db', strToU8('db'), /hidden/],
    ['an empty image', 'cats/3.png', new Uint8Array(), /^is empty$/],
    ['a cut image', 'cats/3.png', png(9).slice(0, 50), /^is cut off$/],
    [
      'a web page that is called an image',
      'cats/3.jpg',
      strToU8('<!doctype html><p>Not found'),
      /is no image that can be read here/,
    ],
    ['an SVG', 'logo.svg', strToU8('<svg xmlns="http://www.w3.org/2000/svg"/>'), /SVG drawing.*PNG/],
    [
      'an SVG that is called PNG',
      'logo.png',
      strToU8('<?xml version="1.0"?><svg width="9"/>'),
      /SVG drawing.*PNG/,
    ],
    ['a program', 'program.exe', strToU8('MZ\0\u0001'), /none of the kinds that are read/],
    ['HDF5', 'a.h5', strToU8('\x89HDF\r\n', true), /HDF5.*\.npz/],
    ['MATLAB', 'a.mat', strToU8('MATLAB 5.0 MAT-file'), /MATLAB.*\.npz/],
    ['a pickle', 'data_batch_1', Uint8Array.of(0x80, 2, 0x7d, 0x71), /Python pickle.*\.npz/],
    [
      'a PyTorch model of the old form',
      'unet.pth',
      Uint8Array.of(0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e),
      /PyTorch.*a model/,
    ],
    ['a PyTorch model', 'unet.pt', zipSync({ 'unet/data.pkl': strToU8('x') }), /PyTorch.*a model/],
    ['xz', 'a.tar.xz', strToU8('\xfd7zXZ\0', true), /xz.*unpack it/],
    ['a damaged archive', 'more.zip', strToU8('PK\x03\x04 nonsense'), /no zip archive, or damaged/],
    [
      'a damaged array',
      'a.npy',
      npy('|u1', [2, 8, 8], new Array(128).fill(1)).slice(0, -9),
      /announces 2×8×8 values but holds 119/,
    ],
    [
      'a damaged IDX file',
      'train-images-idx3-ubyte',
      formatIdx({ shape: [2, 8, 8], values: new Uint8Array(128) }).slice(0, -1),
      /announces 128 values \(2×8×8\) but holds 127/,
    ],
    ['notes', 'README.md', strToU8('# Cats\nThese are cats.\n'), /neither images nor classes/],
  ])('%s', async (_, name, bytes, reason) => {
    const found = await imported({ ...good, [name]: bytes });
    expect(found.built.count).toBe(2);
    expect(found.leftOut).toEqual([{ name, reason: expect.stringMatching(reason) }]);
  });

  test('and alone it is refused in one sentence', async () => {
    await expect(imported({ 'a.h5': strToU8('\x89HDF\r\n', true) })).rejects.toThrow(
      /^a\.h5 is an HDF5 file, which is not read: save its arrays as \.npz\.$/,
    );
    await expect(imported({ 'notes.txt': strToU8('hello') })).rejects.toThrow(
      /^notes\.txt is a table of neither/,
    );
    await expect(
      imported({ 'a.zip': zipSync({ 'a.txt': strToU8('x y'), 'b.txt': strToU8('z') }) }),
    ).rejects.toThrow(/^a\.zip holds no image: choose images, or a \.zip/);
  });
});

describe('a message says what is wrong with', () => {
  const floats = (...values: number[]) =>
    npy(
      '<f4',
      [1, 4, 4],
      Array.from({ length: 16 }, (_, i) => values[i] ?? 0),
    );
  test.each<[string, string, Uint8Array, RegExp]>([
    [
      'a zip that is none',
      'a.zip',
      strToU8('PK\x03\x04nonsense'),
      /^a\.zip is no zip archive, or damaged\.$/,
    ],
    [
      'an image that is none',
      'a.png',
      strToU8('nonsense'),
      /^No image could be read\. a\.png is no image that can be read here/,
    ],
    [
      'objects',
      'a.npy',
      npy('|O8', [1], [1]),
      /^a\.npy holds Python objects \('\|O8'\), which are not read: save images as uint8/,
    ],
    ['NaN', 'a.npy', floats(Number.NaN), /^a\.npy holds NaN or infinity/],
    ['complex numbers', 'a.npy', npy('<c8', [0], []), /^a\.npy holds values of the type '<c8'/],
    ['levels out of range', 'a.npy', floats(-300), /^a\.npy holds values from -300 to 0: levels must lie/],
    [
      'a cut gzip',
      'a.idx.gz',
      gzipSync(new Uint8Array(5000)).slice(0, 20),
      /^a\.idx\.gz is (cut off|no gzip file)/,
    ],
    [
      'a cut tar',
      'a.tar',
      tar({ 'a.png': png(1) }).slice(0, 550),
      /^a\.tar is cut off: it ends within a\.png/,
    ],
    [
      'text in a table',
      'a.csv',
      strToU8(`${new Array(64).fill(1)}${`\n${new Array(64).fill(1).with(2, 'x')}`.repeat(2)}`),
      /^a\.csv, line 2, column 3: 'x' is no number/,
    ],
    [
      'other numbers than those of images',
      'a.npy',
      npy('<f4', [7], [1, 2, 3, 4, 5, 6, 7]),
      /^a\.npy has 7 values, and no array has as many images/,
    ],
  ])('%s', async (_, name, bytes, message) => {
    await expect(imported({ [name]: bytes })).rejects.toThrow(message);
    await expect(imported({ [name]: bytes })).rejects.toThrow(ImportError);
  });

  test('an archive that unpacks to too much, before it is unpacked', async () => {
    const zip = zipSync({ 'a.npy': [new Uint8Array(3 * 2 ** 20), { level: 0 }] });
    // The sizes in the central directory, as a bomb announces them.
    const view = new DataView(zip.buffer);
    for (let at = 0; at < zip.length - 4; at++)
      if (view.getUint32(at, true) === 0x02014b50) {
        view.setUint16(at + 10, 8, true);
        view.setUint32(at + 24, 2 ** 31 + 2 ** 20, true);
      }
    await expect(zipMembers(namedBytes('bomb.zip', zip), memorySpool)).rejects.toThrow(
      'bomb.zip unpacks to more than 2 GB',
    );
  });
});

test('IDX of other numbers, and labels by their one dimension', async () => {
  const values = Uint8Array.from({ length: 2 * 64 }, (_, i) => i % 128);
  const found = await imported({
    'x-a.idx': formatIdx({ shape: [2, 8, 8], values }),
    'x-b.idx': formatIdx({ shape: [2], values: Uint8Array.of(7, 3) }),
  });
  expect(classesOf(found)).toEqual(['7', '3']);
  const wide = new Uint8Array(16 + 2 * 64);
  wide.set([0, 0, 0x0b, 3, 0, 0, 0, 1, 0, 0, 0, 8, 0, 0, 0, 8]);
  for (let i = 0; i < 64; i++) wide.set([(4 * i) >> 8, (4 * i) & 255], 16 + 2 * i);
  expect(imagesOf(await imported({ wide })).flat()).toEqual(Array.from({ length: 64 }, (_, i) => 4 * i));
});

describe('records of CIFAR', () => {
  const record = (...labels: number[]) =>
    Uint8Array.of(
      ...labels,
      ...Array.from(
        { length: 3072 },
        (_, i) => [255, labels.at(-1) as number, 0][Math.floor(i / 1024)] as number,
      ),
    );
  const set = (labels: number[][]) => Uint8Array.from(labels.flatMap((one) => [...record(...one)]));

  test('of 10 classes and of 100, in an archive, with their names beside them', async () => {
    const ten = {
      'c/data_batch_1.bin': set([[3], [5], [3]]),
      'c/test_batch.bin': set([[1]]),
      'c/batches.meta.txt': strToU8('plane\ncar\nbird\ncat\ndeer\ndog\n'),
    };
    const found = await imported({ 'cifar.tar.gz': gzipSync(tar(ten)) });
    expect(found.built).toMatchObject({ count: 4, imageSize: 32, channels: 3 });
    expect(classesOf(found)).toEqual(['cat', 'dog', 'cat', 'car']);
    expect(imagesOf(found)[1]?.slice(0, 3)).toEqual([255, 5, 0]);
    expect(found.leftOut).toEqual([]);
    const hundred = await imported({
      'train.bin': set([
        [11, 49],
        [2, 7],
      ]),
    });
    expect(classesOf(hundred)).toEqual(['49', '7']);
  });

  test('keep their numbers where the names are too few', async () => {
    const found = await imported({ 'a.bin': set([[3], [5]]), 'batches.meta.txt': strToU8('plane\ncar\n') });
    expect(classesOf(found)).toEqual(['3', '5']);
    expect(found.leftOut).toMatchObject([{ name: 'batches.meta.txt' }]);
  });
});

describe('transparent images', () => {
  const veiled = (level: number) =>
    encodePng({
      width: 8,
      height: 8,
      channels: 4,
      data: Uint8Array.from({ length: 256 }, (_, i) => (i % 4 === 3 ? (i < 128 ? 255 : 0) : level)),
    });
  test.each([
    ['dark ones on white', 20, {}, [20, 255]],
    ['light ones on black', 200, {}, [200, 0]],
    ['on black where that is asked', 20, { background: 'black' }, [20, 0]],
    ['on white where that is asked', 200, { background: 'white' }, [200, 255]],
    ['and inverted after that', 20, { invert: true }, [235, 0]],
  ] as const)('%s', async (_, level, options, [first, last]) => {
    const [image] = imagesOf(await imported({ 'a.png': veiled(level) }, options));
    expect([image?.[0], image?.[63]]).toEqual([first, last]);
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

test('a data set has the size of its smallest image, its classes in their order, and turns to RGB at the first colour', async () => {
  const files = {
    'b/2.png': png(100, 12),
    'a/1.png': encodePng({ width: 20, height: 9, channels: 3, data: new Uint8Array(540).fill(50) }),
    'a/3.png': encodePng({
      width: 9,
      height: 9,
      channels: 3,
      data: Uint8Array.from({ length: 243 }, (_, i) => 80 * (i % 3)),
    }),
  };
  const { built } = await imported(files);
  expect(built).toMatchObject({
    count: 3,
    imageSize: 9,
    channels: 3,
    classNames: ['a', 'b'],
    smallestSide: 9,
  });
  expect([...built.labels]).toEqual([1, 0, 0]);
  expect([0, 243, 486].map((at) => [...built.levels.subarray(at, at + 3)])).toEqual([
    [100, 100, 100],
    [50, 50, 50],
    [0, 80, 160],
  ]);
  expect((await imported(files, { shape: 'suitable' })).built).toMatchObject({ imageSize: 8, channels: 3 });
  expect([3, 8, 11, 28, 63, 64, 500].map(suitableSize)).toEqual([8, 8, 8, 28, 60, 64, 64]);
  expect(hasColours({ width: 1, height: 1, channels: 4, pixels: Uint8Array.of(1, 2, 3, 0) })).toBe(false);
});

test('a damaged image does not decide the size', async () => {
  const small = png(9, 5);
  small.fill(7, 45, 60);
  const found = await imported({ 'a.png': png(1, 16), 'b.png': small, 'c.png': png(2, 12) });
  expect(found.built).toMatchObject({ count: 2, imageSize: 12 });
  expect(found.leftOut).toMatchObject([{ name: 'b.png' }]);
});

test('a WebDataset: the class of each image stands in a file of its name', async () => {
  const files = {
    'set.tar': tar({
      '0001.png': png(10),
      '0001.cls': strToU8('cat'),
      '0002.png': png(20),
      '0002.cls': strToU8('dog\n'),
      '0003.cls': strToU8('dog'),
    }),
  };
  const found = await imported(files);
  expect(classesOf(found)).toEqual(['cat', 'dog']);
  expect(found.leftOut).toEqual([
    { name: 'set.tar/0003.cls', reason: 'is the class of an image that is not there' },
  ]);
});

test('and in the same folder, where several have files of these names', async () => {
  const pair = (folder: string, level: number, name: string) => ({
    [`${folder}/0001.png`]: png(level),
    [`${folder}/0001.cls`]: strToU8(name),
  });
  const found = await imported({ 'set.tar': tar({ ...pair('a', 10, 'cat'), ...pair('b', 20, 'dog') }) });
  expect(classesOf(found)).toEqual(['cat', 'dog']);
  expect(found.leftOut).toEqual([]);
});

test('images of an .npz and image files come together', async () => {
  const found = await imported({
    ...images('cats/1.png'),
    'dogs/set.npz': npz({ x: npy('|u1', [2, 8, 8], new Array(128).fill(200)) }),
  });
  expect(found.built.count).toBe(3);
  expect(classesOf(found)).toEqual(['cats', 'dogs', 'dogs']);
});
