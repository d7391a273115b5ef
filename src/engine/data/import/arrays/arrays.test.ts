import { gzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { Random } from '../../../training/random';
import { formatIdx } from '../../idx';
import { reportOf } from '../report';
import { classesOf, imagesOf, imported, npy, npz, tar } from '../testing/files';

/** Smooth images, all different, as photographs are: [count, height, width, channels], whole levels 0 … 255. */
function smooth(count: number, height: number, width: number, channels = 1): number[] {
  const values: number[] = [];
  for (let n = 0; n < count; n++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        for (let c = 0; c < channels; c++)
          values.push(
            Math.round(127.5 + 127.5 * Math.sin(0.3 * (n + 1) + 0.35 * y + 0.2 * x * (c + 1) + 2 * c)),
          );
  // Every set reaches black and white.
  values[0] = 0;
  values[1] = 255;
  return values;
}
const split = (values: readonly number[], count: number) =>
  Array.from({ length: count }, (_, i) =>
    values.slice((i * values.length) / count, ((i + 1) * values.length) / count),
  );
/** Channels before rows in place of after columns. */
const planar = (values: readonly number[], count: number, channels: number) =>
  split(values, count).flatMap((image) =>
    Array.from({ length: channels }, (_, c) => image.filter((_, i) => i % channels === c)).flat(),
  );

const grey = smooth(4, 8, 8);
const colour = smooth(4, 8, 8, 3);

describe('a .npy of every kind of number is the same images', () => {
  const forms: [string, (level: number) => number][] = [
    ['|u1', (v) => v],
    ['<u2', (v) => v],
    ['>u2', (v) => v],
    ['<i2', (v) => v],
    ['>i4', (v) => v],
    ['<i4', (v) => v],
    ['<u4', (v) => v],
    ['<i8', (v) => v],
    ['>u8', (v) => v],
    ['<f8', (v) => v],
    ['>f4', (v) => v],
    ['<f4', (v) => v / 255],
    ['<f8', (v) => v / 127.5 - 1],
    ['>f8', (v) => v / 255 - 0.5],
    ['<f2', (v) => v],
    ['|i1', (v) => v - 128],
    ['<u2', (v) => v * 257],
    ['<f4', (v) => (v / 255) * 1.0000002],
  ];
  test.each(forms)('%s', async (descr, value) => {
    for (const fortran of [false, true])
      for (const version of [1, 2, 3] as const) {
        const file = npy(descr, [4, 8, 8], grey.map(value), { fortran, version });
        expect(imagesOf(await imported({ 'a.npy': file }))).toEqual(split(grey, 4));
      }
  });

  test('a header longer than version 1 can tell', async () => {
    const file = npy('|u1', [4, 8, 8], grey, { version: 2, least: 70_000 });
    expect(imagesOf(await imported({ 'a.npy': file }))).toEqual(split(grey, 4));
  });

  test('float16 of 0 … 1, to a level', async () => {
    const found = imagesOf(
      await imported({
        'a.npy': npy(
          '<f2',
          [4, 8, 8],
          grey.map((v) => v / 255),
        ),
      }),
    ).flat();
    found.forEach((level, i) => {
      expect(Math.abs(level - (grey[i] as number))).toBeLessThanOrEqual(1);
    });
  });

  test('truth values are black and white', async () => {
    const bits = grey.map((v) => (v > 127 ? 1 : 0));
    const found = await imported({ 'a.npy': npy('|b1', [4, 8, 8], bits) });
    expect(imagesOf(found).flat()).toEqual(bits.map((bit) => 255 * bit));
  });
});

describe('white is white, and the range is told, where levels end at', () => {
  test.each([
    [16, '<f8'],
    [16, '|u1'],
    [15, '|u1'],
    [1, '<i8'],
    [1, '|u1'],
    [1, '<f4'],
    [63, '|u1'],
    [100, '<i4'],
    [127, '|u1'],
    [65535, '<u2'],
    [1023, '<u2'],
    [4095, '<u2'],
  ] as const)('%d in %s', async (white, descr) => {
    const ramp = Array.from({ length: 4 * 64 }, (_, i) => Math.round((white * (i % 128)) / 127));
    const found = await imported({ 'a.npy': npy(descr, [4, 8, 8], ramp) });
    expect(Math.max(...imagesOf(found).flat())).toBe(255);
    expect(reportOf(found).range).toMatchObject({ low: 0, high: white, black: 0, white });
  });

  test('in IDX and in tables too', async () => {
    const ramp = Uint8Array.from({ length: 128 }, (_, i) => i % 17);
    const idx = formatIdx({ shape: [2, 8, 8], values: ramp });
    const csv = split([...ramp], 2)
      .map((row) => row.join(','))
      .join('\n');
    for (const files of [{ 'a.idx': idx }, { 'a.csv': new TextEncoder().encode(csv) }]) {
      const found = await imported(files);
      expect(imagesOf(found).flat()).toEqual([...ramp].map((level) => Math.round((255 * level) / 16)));
    }
  });

  test('but dark images of 0 … 255 stay dark', async () => {
    const dark = grey.map((level) => Math.round(level * 0.7));
    expect(imagesOf(await imported({ 'a.npy': npy('|u1', [4, 8, 8], dark) })).flat()).toEqual(dark);
    const even = new Array(256).fill(128);
    expect(imagesOf(await imported({ 'a.npy': npy('|u1', [4, 8, 8], even) })).flat()).toEqual(even);
    // One of several arrays is nearly black.
    const night = await imported({
      'a/1.npy': npy('|u1', [8, 8], new Array(64).fill(9)),
      'a/2.npy': npy('|u1', [8, 8], split(grey, 4)[0] as number[]),
    });
    expect(imagesOf(night)[0]).toEqual(new Array(64).fill(9));
  });

  test('normalised values go from the lowest to the highest', async () => {
    const normal = grey.map((level) => (level / 255 - 0.1307) / 0.3081);
    expect(imagesOf(await imported({ 'a.npy': npy('<f8', [4, 8, 8], normal) })).flat()).toEqual(grey);
  });
});

describe('the layout is judged by the shape', () => {
  const cases: [string, number[], number[], number, number[][]][] = [
    ['[N, H, W]', [4, 8, 8], grey, 1, split(grey, 4)],
    ['[N, H·W]', [4, 64], grey, 1, split(grey, 4)],
    ['[N, H, W, 1]', [4, 8, 8, 1], grey, 1, split(grey, 4)],
    ['[N, 1, H, W]', [4, 1, 8, 8], grey, 1, split(grey, 4)],
    ['[N, 1, H·W]', [4, 1, 64], grey, 1, split(grey, 4)],
    ['[N, H·W, 1]', [4, 64, 1], grey, 1, split(grey, 4)],
    ['[M, N, H, W]', [2, 2, 8, 8], grey, 1, split(grey, 4)],
    ['[N, H, W, 3]', [4, 8, 8, 3], colour, 3, split(colour, 4)],
    ['[N, 3, H, W]', [4, 3, 8, 8], planar(colour, 4, 3), 3, split(colour, 4)],
    ['[N, 3·H·W] in planes', [4, 192], planar(colour, 4, 3), 3, split(colour, 4)],
    ['[N, H·W·3] side by side', [4, 192], colour, 3, split(colour, 4)],
    ['[N, 3, H·W]', [4, 3, 64], planar(colour, 4, 3), 3, split(colour, 4)],
    ['[H, W]: one image', [24, 32], smooth(1, 24, 32), 1, []],
    [
      '[H, W, 3]: one image',
      [8, 8, 3],
      split(colour, 4)[0] as number[],
      3,
      [split(colour, 4)[0] as number[]],
    ],
    [
      '[3, H, W]: one image',
      [3, 8, 8],
      planar(split(colour, 4)[0] as number[], 1, 3),
      3,
      [split(colour, 4)[0] as number[]],
    ],
    ['[H, W, 1]: one image', [8, 8, 1], split(grey, 4)[0] as number[], 1, [split(grey, 4)[0] as number[]]],
  ];
  test.each(cases)('%s', async (_, shape, values, channels, expected) => {
    // Which values resemble each other is looked at in C order only, and two axes of images come in another order.
    const isInCOnly = (shape.join() === '4,192' && values === colour) || shape.join() === '2,2,8,8';
    for (const fortran of isInCOnly ? [false] : [false, true]) {
      const found = await imported({ 'a.npy': npy('|u1', shape, values, { fortran }) });
      expect(found.built.channels).toBe(channels);
      if (expected.length > 0) expect(imagesOf(found)).toEqual(expected);
      else expect(found.built).toMatchObject({ count: 1, imageSize: 24 });
    }
  });

  test('[N, 3072] of CIFAR in planes, whatever its pixels are', async () => {
    const noise = new Random(1).integers(5 * 3072, 256);
    const found = await imported({ 'data.npy': npy('|u1', [5, 3072], noise) });
    expect(found.built).toMatchObject({ count: 5, imageSize: 32, channels: 3 });
    expect(imagesOf(found)[1]?.slice(0, 6)).toEqual(
      [0, 1024, 2048, 1, 1025, 2049].map((at) => noise[3072 + at]),
    );
  });

  test('[H, W, C, N] of MATLAB', async () => {
    const values = split(colour, 4);
    const last = Array.from(
      { length: colour.length },
      (_, at) => values[at % 4]?.[Math.floor(at / 4)] as number,
    );
    expect(imagesOf(await imported({ 'a.npy': npy('|u1', [8, 8, 3, 4], last) }))).toEqual(values);
    const five = split(smooth(5, 8, 8), 5);
    const greyLast = Array.from({ length: 5 * 64 }, (_, at) => five[at % 5]?.[Math.floor(at / 5)] as number);
    // A cube of eight is rather eight images; of five it cannot be.
    expect((await imported({ 'a.npy': npy('|u1', [8, 8, 5], greyLast) })).built.count).toBeGreaterThan(0);
  });

  test('a square [S, S] is one image, but as many flat ones as there are labels', async () => {
    const square = npy('|u1', [64, 64], smooth(1, 64, 64));
    expect((await imported({ 'a.npy': square })).built).toMatchObject({ count: 1, imageSize: 64 });
    const labels = npy(
      '|u1',
      [64],
      Array.from({ length: 64 }, (_, i) => i % 2),
    );
    expect((await imported({ 'x.npy': square, 'y.npy': labels })).built).toMatchObject({
      count: 64,
      imageSize: 8,
    });
  });

  test('numbers of 1×1 to 3×3 are no images', async () => {
    for (const shape of [
      [5, 3, 3],
      [5, 9],
      [9, 3],
      [5, 2, 2, 3],
      [5, 1],
    ])
      await expect(
        imported({
          'a.npy': npy(
            '|u1',
            shape,
            smooth(
              1,
              shape.reduce((a, b) => a * b),
              1,
            ),
          ),
        }),
      ).rejects.toThrow(/a\.npy/);
  });
});

describe('labels are what fits the images', () => {
  const images = npy('|u1', [4, 8, 8], grey);
  const numbers = [2, 0, 1, 2];
  const names = ['2', '0', '1', '2'];
  const oneHot = [0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1];
  const forms: [string, Uint8Array, string[]][] = [
    ['[N]', npy('<i8', [4], numbers), names],
    ['[N, 1]', npy('|u1', [4, 1], numbers), names],
    ['[1, N]', npy('|u1', [1, 4], numbers), names],
    ['whole floats', npy('<f4', [4], numbers), names],
    ['big-endian', npy('>i4', [4], numbers), names],
    ['one-hot bytes', npy('|u1', [4, 3], oneHot), names],
    ['one-hot floats', npy('<f8', [4, 3], oneHot), names],
    ['one-hot in Fortran order', npy('<f4', [4, 3], oneHot, { fortran: true }), names],
    ['truth values', npy('|b1', [4], [1, 0, 0, 1]), ['True', 'False', 'False', 'True']],
    ['texts', npy('<U5', [4], ['cat', 'dog', 'zebra', 'cat']), ['cat', 'dog', 'zebra', 'cat']],
    ['texts big-endian', npy('>U5', [4, 1], ['é', 'dog', '猫', 'é']), ['é', 'dog', '猫', 'é']],
    ['byte texts', npy('|S3', [4], ['cat', 'dog', 'dog', 'cat']), ['cat', 'dog', 'dog', 'cat']],
  ];
  test.each(forms)('%s, whatever the arrays are called and packed in', async (_, labels, expected) => {
    const packed: Record<string, Uint8Array>[] = [
      { 'set.npz': npz({ images, labels }) },
      { 'set.npz': npz({ arr_0: images, arr_1: labels }) },
      { 'set.npz': npz({ arr_0: labels, arr_1: images }, 0) },
      { 'a/foo.npy': images, 'b/bar.npy': labels },
      { 'all.zip': zipSync({ 'set.npz': npz({ data: images, targets: labels }) }) },
      { 'all.zip': zipSync({ 'inner.zip': zipSync({ 'x.npy': images, 'y.npy': labels }) }) },
      { 'set-imgs.npz': npz({ arr_0: images }), 'set-labels.npz': npz({ arr_0: labels }) },
      { 'all.tar': tar({ 'set/x.npy': images, 'set/y.npy': labels }) },
      { 'all.tar.gz': gzipSync(tar({ 'set/x.npy': images, 'set/y.npy': labels })) },
      { 'x.npy.gz': gzipSync(images), 'y.npy.gz': gzipSync(labels) },
    ];
    for (const files of packed) {
      const found = await imported(files);
      expect(classesOf(found), Object.keys(files).join()).toEqual(expected);
      expect(imagesOf(found)).toEqual(split(grey, 4));
      expect(found.leftOut).toEqual([]);
    }
  });

  test('several labels an image are none, and are named', async () => {
    const several = npy(
      '|u1',
      [4, 14],
      Array.from({ length: 56 }, (_, i) => i % 2),
    );
    const found = await imported({ 'chest.npz': npz({ train_images: images, train_labels: several }) });
    expect(found.built.classNames).toEqual(['all']);
    expect(found.leftOut).toEqual([
      { name: 'chest.npz/train_labels.npy', reason: expect.stringContaining('several labels') },
    ]);
  });

  test('other numbers of the images are left out: ids, boxes, features, masks', async () => {
    const found = await imported({
      'set.npz': npz({
        images: npy('|u1', [4, 8, 8, 3], colour),
        labels: npy('<i8', [4], numbers),
        ids: npy('<i8', [4], [70, 80, 90, 100]),
        boxes: npy('<f4', [4, 4], new Array(16).fill(0.5)),
        features: npy(
          '<f4',
          [4, 64],
          grey.map((v) => v / 255),
        ),
        masks: npy('|u1', [4, 8, 8], grey),
        ages: npy('<f4', [4], [0.5, 1.5, 2.5, 3.5]),
        scale: npy('<f8', [], [1]),
        epochs: npy('<i8', [7], [1, 2, 3, 4, 5, 6, 7]),
      }),
    });
    expect(classesOf(found)).toEqual(names);
    expect(imagesOf(found)).toEqual(split(colour, 4));
    expect(found.leftOut.map(({ name }) => name.replace(/.*\//, '')).sort()).toEqual([
      'ages.npy',
      'boxes.npy',
      'epochs.npy',
      'features.npy',
      'ids.npy',
      'masks.npy',
      'scale.npy',
    ]);
  });

  test('of 16 classes are not images of 4×4, nor are 9 of 3×3', async () => {
    for (const classes of [9, 16, 25]) {
      const labels = Array.from({ length: classes * classes }, (_, i) => (i % (classes + 1) === 0 ? 1 : 0));
      const found = await imported({
        'a.npz': npz({
          first: npy('<f4', [classes, classes], labels),
          second: npy('|u1', [classes, 8, 8], smooth(classes, 8, 8)),
        }),
      });
      expect(found.built).toMatchObject({ count: classes, imageSize: 8 });
      expect(found.built.classNames.length).toBe(classes);
    }
  });

  test('train goes with train and test with test, by the names of files, not of folders', async () => {
    const [train, test_] = [smooth(4, 8, 8), smooth(4, 8, 8).map((v) => 255 - v)];
    const arrays = (folder: string, x: string, y: string) => ({
      [`${folder}${y}test.npy`]: npy('|u1', [4], [5, 6, 5, 6]),
      [`${folder}${x}test.npy`]: npy('|u1', [4, 8, 8], test_),
      [`${folder}${x}train.npy`]: npy('|u1', [4, 8, 8], train),
      [`${folder}${y}train.npy`]: npy('|u1', [4], [1, 2, 1, 2]),
    });
    for (const [x, y] of [
      ['x_', 'y_'],
      ['X', 'Y'],
      ['images-', 'labels-'],
      ['data_', 'targets_'],
    ] as const)
      for (const folder of ['', 'latest/', 'test/', 'a/train/']) {
        const found = await imported(arrays(folder, x, y));
        const pairs = imagesOf(found).map((image, i) => [
          image.join() === (split(train, 4)[i % 4] as number[]).join(),
          classesOf(found)[i],
        ]);
        const right = new Set(
          imagesOf(found).map(
            (image, i) =>
              `${split(train, 4).some((one) => one.join() === image.join())} ${classesOf(found)[i]}`,
          ),
        );
        expect(right, JSON.stringify(pairs)).toEqual(new Set(['true 1', 'true 2', 'false 5', 'false 6']));
      }
  });

  test('folders with the same names inside keep theirs', async () => {
    const found = await imported({
      'one/images.npy': images,
      'one/labels.npy': npy('|u1', [4], [1, 2, 1, 2]),
      'two/images.npy': npy(
        '|u1',
        [4, 8, 8],
        grey.map((v) => 255 - v),
      ),
      'two/labels.npy': npy('|u1', [4], [5, 6, 5, 6]),
    });
    expect(classesOf(found)).toEqual(['1', '2', '1', '2', '5', '6', '5', '6']);
  });

  test('a table of one column is the labels of an array', async () => {
    for (const text of [
      'label\ncat\ndog\ncat\ndog\n',
      'cat\ndog\ncat\ndog',
      'id,label\n0,cat\n1,dog\n2,cat\n3,dog\n',
    ]) {
      const found = await imported({ 'images.npy': images, 'labels.csv': new TextEncoder().encode(text) });
      expect(classesOf(found)).toEqual(['cat', 'dog', 'cat', 'dog']);
    }
  });
});

test('texts beside the images name their numbered classes', async () => {
  const arrays = {
    images: npy('|u1', [4, 8, 8], grey),
    labels: npy('|u1', [4], [0, 2, 1, 0]),
    label_names: npy('<U3', [3], ['cat', 'dog', 'owl']),
  };
  const found = await imported({ 'set.npz': npz(arrays) });
  expect(classesOf(found)).toEqual(['cat', 'owl', 'dog', 'cat']);
  expect(found.leftOut).toEqual([]);
  // Too few names are none.
  const few = { ...arrays, label_names: npy('<U3', [2], ['cat', 'dog']) };
  const numbered = await imported({ 'set.npz': npz(few) });
  expect(classesOf(numbered)).toEqual(['0', '2', '1', '0']);
  expect(numbered.leftOut.map(({ name }) => name)).toEqual(['set.npz/label_names.npy']);
});

describe('an image with NaN or infinity is left out by its number, and keeps the labels of the others', () => {
  const levels = grey.map((level) => level / 255);
  const harmed = levels.with(64 + 5, Number.NaN).with(64 + 9, Number.POSITIVE_INFINITY);
  const axesReversed = Array.from(
    { length: 256 },
    (_, i) => harmed[(i % 4) * 64 + Math.floor(i / 4)] as number,
  );
  test.each<[string, Uint8Array]>([
    ['[N, H, W]', npy('<f4', [4, 8, 8], harmed)],
    ['[N, H·W] in Fortran order', npy('<f8', [4, 64], harmed, { fortran: true })],
    ['[H, W, N]', npy('<f4', [8, 8, 4], axesReversed)],
  ])('%s', async (_, images) => {
    const found = await imported({ 'x.npy': images, 'y.npy': npy('|u1', [4], [3, 1, 2, 0]) });
    expect(imagesOf(found)).toEqual(split(grey, 4).filter((_, n) => n !== 1));
    expect(classesOf(found)).toEqual(['3', '2', '0']);
    expect(found.leftOut).toEqual([{ name: 'x.npy', reason: ', image 2, holds NaN or infinity' }]);
  });

  test('but where most images do, nothing is taken', async () => {
    const most = levels.with(1, Number.NaN).with(65, Number.NaN).with(129, Number.NaN);
    await expect(imported({ 'x.npy': npy('<f4', [4, 8, 8], most) })).rejects.toThrow(
      'x.npy holds NaN or infinity in 3 of its 4 images: replace these values first.',
    );
  });
});

describe('one array a class', () => {
  const array = (level: number) =>
    npy(
      '|u1',
      [2, 64],
      smooth(2, 8, 8).map((v) => Math.min(v, level)),
    );
  test.each<[string, string[], string[]]>([
    ['by the file', ['cat', 'pizza', 'yoga'].map((name) => `${name}.npy`), ['cat', 'pizza', 'yoga']],
    [
      'by what differs in the file',
      ['full_numpy_bitmap_cat.npy', 'full_numpy_bitmap_ice cream.npy'],
      ['cat', 'ice cream'],
    ],
    [
      'by the file, in parts',
      ['train/cat.npy', 'train/dog.npy', 'test/cat.npy', 'test/dog.npy'],
      ['cat', 'dog'],
    ],
    ['by the folder', ['cat/data.npy', 'dog/data.npy'], ['cat', 'dog']],
    ['by the folder, with numbers for names', ['cat/0.npy', 'cat/1.npy', 'dog/0.npy'], ['cat', 'dog']],
    ['by the .npz', ['cat.npz', 'dog.npz'], ['cat', 'dog']],
    ['none for parts of the data', ['x_train.npy', 'x_test.npy'], ['all']],
    ['none for batches', ['data_batch_1.npy', 'data_batch_2.npy', 'test_batch.npy'], ['all']],
    ['none for one alone', ['yoga.npy'], ['all']],
  ])('%s', async (_, names, classes) => {
    const files = Object.fromEntries(
      names.map((name, i) => [name, name.endsWith('.npz') ? npz({ arr_0: array(255 - i) }) : array(255 - i)]),
    );
    const found = await imported(files);
    expect(found.built.count).toBe(2 * names.length);
    expect(found.built.classNames).toEqual(classes);
  });

  test('one image a file has the class of its folder, not its name', async () => {
    const one = (level: number) =>
      npy(
        '|u1',
        [8, 8, 3],
        (split(colour, 4)[0] as number[]).map((v) => Math.min(v, level)),
      );
    const found = await imported({
      'cats/img_000.npy': one(255),
      'cats/img_001.npy': one(200),
      'dogs/rex.npy': one(150),
    });
    expect(classesOf(found)).toEqual(['cats', 'cats', 'dogs']);
    expect((await imported({ 'a/tom.npy': one(255), 'a/rex.npy': one(200) })).built.classNames).toEqual([
      'all',
    ]);
  });
});

describe('the same set counts once', () => {
  const set = npy('|u1', [4, 8, 8], grey);
  const again: [string, Record<string, Uint8Array>][] = [
    ['x and x.gz', { 'x.npy': set, 'x.npy.gz': gzipSync(set) }],
    ['x and x.zip', { 'x/a.npy': set, 'x.zip': zipSync({ 'a.npy': set }) }],
    ['unpacked beside', { 'a.npy': set, 'x.zip': zipSync({ 'a.npy': set }) }],
    ['a folder in the archive', { 'x/a.npy': set, 'x.zip': zipSync({ 'x/a.npy': set }) }],
    ['x and x/x', { 'x/a.npy': set, 'x/x/a.npy': set }],
    [
      'a file in a folder of its name',
      { 'train-images.idx3-ubyte': set, 'train-images-idx3-ubyte/train-images-idx3-ubyte': set },
    ],
  ];
  test.each(again)('%s', async (_, files) => {
    const found = await imported(files);
    expect(found.built.count).toBe(4);
    expect(found.leftOut).toEqual([
      { name: expect.any(String), reason: expect.stringMatching(/^is the same as /) },
    ]);
  });

  test('but other bytes, or another folder, are other images', async () => {
    const other = npy(
      '|u1',
      [4, 8, 8],
      grey.map((v) => 255 - v),
    );
    expect((await imported({ 'x/a.npy': set, 'x/x/a.npy': other })).built.count).toBe(8);
    expect((await imported({ 'train/a.npy': set, 'test/a.npy': set })).built.count).toBe(8);
  });
});

test('more images than are wanted are taken evenly by class', async () => {
  const count = 120;
  const labels = Array.from({ length: count }, (_, i) => (i < 90 ? 0 : i < 110 ? 1 : 2));
  const values = Array.from({ length: count * 16 }, (_, i) => (i === 0 ? 255 : Math.floor(i / 16)));
  const files = { 'a.npz': npz({ x: npy('|u1', [count, 4, 4], values), y: npy('|u1', [count], labels) }) };
  const found = await imported(files, { limit: 45 });
  const report = reportOf(found);
  expect(report).toMatchObject({ count: 45, total: 120, taken: 45 });
  expect(report.classes).toEqual([
    { name: '0', count: 18 },
    { name: '1', count: 17 },
    { name: '2', count: 10 },
  ]);
  // The images of a class lie evenly along it, in their order, each with its own label.
  const taken = imagesOf(found).map((image) => image[1] as number);
  expect(taken).toEqual([...taken].sort((a, b) => a - b));
  expect(taken.map((index) => String(labels[index]))).toEqual(classesOf(found));
  expect(taken.filter((index) => index < 90)).toEqual(Array.from({ length: 18 }, (_, i) => 5 * i));
});
