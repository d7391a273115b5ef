import { encode as encodePng } from 'fast-png';
import { strToU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import { reportOf } from '../report';
import { classesOf, imagesOf, imported, npy, tar } from '../testing/files';

/** Digits as tables have them: whole levels, dark at the edges. */
const digits = Array.from({ length: 12 }, (_, n) =>
  Array.from({ length: 64 }, (_, i) => {
    const [x, y] = [i % 8, Math.floor(i / 8)];
    const isEdge = x === 0 || x === 7 || y === 0 || y === 7;
    return isEdge
      ? 0
      : Math.min(255, Math.round(40 * Math.abs(x - 3.5 - (n % 3)) + 30 * Math.abs(y - 3) + 5 * n));
  }),
);
(digits[0] as number[])[27] = 255;
const classes = digits.map((_, n) => n % 3);
const pixels = Array.from({ length: 64 }, (_, i) => `pixel${i}`);
const text = (rows: readonly (readonly (string | number)[])[], delimiter = ',', end = '\n') =>
  strToU8(rows.map((row) => row.join(delimiter)).join(end) + end);
const names = classes.map(String);

describe('a table of images is judged by its columns', () => {
  const rows = (
    before: (n: number) => (string | number)[],
    after: (n: number) => (string | number)[] = () => [],
  ) => digits.map((image, n) => [...before(n), ...image, ...after(n)]);
  const first = rows((n) => [classes[n] as number]);
  const last = rows(
    () => [],
    (n) => [classes[n] as number],
  );
  const json = digits.map((image, n) => ({
    label: classes[n] as number,
    image: Array.from({ length: 8 }, (_, y) => image.slice(8 * y, 8 * y + 8)),
  }));
  const forms: [string, Uint8Array][] = [
    ['class first, no header', text(first)],
    ['class last, no header', text(last)],
    ['class first, with header', text([['label', ...pixels], ...first])],
    ['class last, with header', text([[...pixels, 'target'], ...last])],
    ['class last, called class', text([[...pixels, 'class'], ...last])],
    ['class in a column of another name', text([['what', ...pixels], ...first])],
    ['a header of numbers', text([Array.from({ length: 65 }, (_, i) => i), ...first])],
    [
      'a header of numbers after a name',
      text([['label', ...Array.from({ length: 64 }, (_, i) => i)], ...first]),
    ],
    [
      'a header of numbers that pandas tells apart',
      text([['0', ...Array.from({ length: 64 }, (_, i) => `0.${i + 1}`)], ...first]),
    ],
    [
      'a header of rows and columns',
      text([
        ['label', ...Array.from({ length: 64 }, (_, i) => `${1 + Math.floor(i / 8)}x${1 + (i % 8)}`)],
        ...first,
      ]),
    ],
    [
      'an index column without name',
      text([['', 'label', ...pixels], ...rows((n) => [n, classes[n] as number])]),
    ],
    [
      'an index column called Unnamed: 0',
      text([
        ['Unnamed: 0', ...pixels, 'label'],
        ...rows(
          (n) => [n],
          (n) => [classes[n] as number],
        ),
      ]),
    ],
    ['an index column, no header', text(rows((n) => [n, classes[n] as number]))],
    [
      'an id and the class last',
      text([
        ['id', ...pixels, 'class'],
        ...rows(
          (n) => [n + 1],
          (n) => [classes[n] as number],
        ),
      ]),
    ],
    [
      'four columns before the pixels, no header',
      text(rows((n) => [n, 1000 + 7 * n, 2000 + 13 * n, classes[n] as number])),
    ],
    [
      'names of files',
      text([['file', 'label', ...pixels], ...rows((n) => [`img_${n}.png`, classes[n] as number])]),
    ],
    [
      'the part of the data',
      text([
        ['label', 'Usage', ...pixels],
        ...rows((n) => [classes[n] as number, n % 2 ? 'Training' : 'PublicTest']),
      ]),
    ],
    ['spaces', text(first, ' ')],
    [
      'many spaces',
      text(
        first.map((row) => row.map((cell) => `  ${cell}`)),
        ' ',
      ),
    ],
    ['spaces after commas', text(first, ', ')],
    ['tabs', text([['label', ...pixels], ...first], '\t')],
    ['semicolons', text([['label', ...pixels], ...first], ';')],
    [
      'semicolons and decimal commas',
      text(
        first.map((row) => row.map((cell) => `${cell},0`)),
        ';',
      ),
    ],
    ['quotes', text([['label', ...pixels], ...first].map((row) => row.map((cell) => `"${cell}"`)))],
    ['Windows', text([['label', ...pixels], ...first], ',', '\r\n')],
    ['empty rows between', text(first, ',', '\n\n')],
    ['a byte order mark', Uint8Array.of(0xef, 0xbb, 0xbf, ...text([['label', ...pixels], ...first]))],
    [
      'UTF-16',
      Uint8Array.of(
        0xff,
        0xfe,
        ...new Uint8Array(Uint16Array.from([...text([['label', ...pixels], ...first])]).buffer),
      ),
    ],
    [
      'numbers with exponents, as np.savetxt has them',
      text(
        first.map((row) => row.map((cell) => Number(cell).toExponential(18))),
        ' ',
      ),
    ],
    [
      'pixels in one cell, as FER-2013',
      text([
        ['emotion', 'pixels', 'Usage'],
        ...digits.map((image, n) => [classes[n] as number, image.join(' '), 'Training']),
      ]),
    ],
    [
      'pixels in one quoted cell, as a list',
      text([
        ['pixels', 'label'],
        ...digits.map((image, n) => [`"[${image.join(', ')}]"`, classes[n] as number]),
      ]),
    ],
    ['JSON lines', strToU8(json.map((row) => JSON.stringify(row)).join('\n'))],
    [
      'JSON lines whose cells have quotes',
      strToU8(json.map((row) => JSON.stringify({ ...row, note: 'a "b' })).join('\n')),
    ],
    ['a JSON array', strToU8(JSON.stringify(json, null, 1))],
    [
      'JSON of columns',
      strToU8(
        JSON.stringify({ image: json.map(({ image }) => image), label: json.map(({ label }) => label) }),
      ),
    ],
    [
      'pixels in one cell, without header',
      text(digits.map((image, n) => [classes[n] as number, image.join(' ')])),
    ],
  ];
  test.each(forms)('%s', async (_, file) => {
    const found = await imported({ 'table.csv': file });
    expect(found.leftOut).toEqual([]);
    expect(found.built).toMatchObject({ count: 12, imageSize: 8, channels: 1 });
    expect(classesOf(found).map((name) => String(Number(name)))).toEqual(names);
    expect(imagesOf(found)).toEqual(digits);
  });

  test('classes are words too, first or last', async () => {
    const words = classes.map((label) => ['cat', 'dog', 'owl'][label] as string);
    for (const file of [
      text(rows((n) => [words[n] as string])),
      text([
        [...pixels, 'animal'],
        ...rows(
          () => [],
          (n) => [words[n] as string],
        ),
      ]),
    ]) {
      const found = await imported({ 'table.txt': file });
      expect(classesOf(found)).toEqual(words);
      expect(found.leftOut, 'a header is no damaged row').toEqual([]);
    }
  });

  test('without any class', async () => {
    for (const file of [
      text(digits),
      text([pixels, ...digits]),
      text([['', ...pixels], ...rows((n) => [n])]),
      text(digits, ' '),
    ]) {
      const found = await imported({ 'table.csv': file });
      expect(found.built).toMatchObject({ count: 12, classNames: ['all'] });
      expect(imagesOf(found)).toEqual(digits);
    }
  });

  test('a sorted file, whose first rows are all of one class', async () => {
    const many = Array.from({ length: 1200 }, (_, n) => [
      Math.floor(n / 400),
      ...(digits[n % 12] as number[]),
    ]);
    const found = await imported({ 'table.csv': text(many) });
    expect(found.built).toMatchObject({ count: 1200, classNames: ['0', '1', '2'] });
    expect(imagesOf(found)[5]).toEqual(digits[5]);
  });

  test('another column is the class where the user says so, or none', async () => {
    const file = text([['coarse', 'fine', ...pixels], ...rows((n) => [classes[n] as number, n % 6])]);
    const found = await imported({ 'table.csv': file });
    const [choice] = found.sets.map((set) => set.choice);
    expect(choice).toMatchObject({
      about: 'class column',
      titles: expect.arrayContaining(['coarse', 'fine', 'none']),
    });
    for (const [title, count] of [
      ['coarse', 3],
      ['fine', 6],
      ['none', 1],
    ] as const) {
      const answers = { 'table.csv': { 'class column': choice?.titles.indexOf(title) as number } };
      expect((await imported({ 'table.csv': file }, { answers })).built.classNames.length).toBe(count);
    }
  });

  test('colours: side by side, in planes, or by the names of the columns', async () => {
    const colour = Array.from({ length: 6 }, (_, n) =>
      Array.from({ length: 192 }, (_, i) =>
        Math.round(
          127.5 +
            127.5 *
              Math.sin(0.4 * n + 0.5 * Math.floor(i / 24) + 0.3 * Math.floor((i % 24) / 3) + 2 * (i % 3)),
        ),
      ),
    );
    const planes = colour.map((image) => [0, 1, 2].flatMap((c) => image.filter((_, i) => i % 3 === c)));
    const channelsFirst = ['r', 'g', 'b'].flatMap((c) => Array.from({ length: 64 }, (_, i) => `${c}${i}`));
    const channelsLast = Array.from({ length: 64 }, (_, i) =>
      ['R', 'G', 'B'].map((c) => `pixel_${i}_${c}`),
    ).flat();
    for (const file of [
      text(colour),
      text(planes),
      text(colour.map((image, n) => [n % 2, ...image])),
      text([
        [...Array.from({ length: 192 }, (_, i) => `pixel${String(i).padStart(4, '0')}`), 'label'],
        ...colour.map((image, n) => [...image, n % 2]),
      ]),
      text([channelsFirst, ...planes]),
      text([channelsLast, ...colour]),
    ]) {
      const found = await imported({ 'hmnist_8_8_RGB.csv': file });
      expect(found.built).toMatchObject({ count: 6, imageSize: 8, channels: 3 });
      expect(imagesOf(found)).toEqual(colour);
    }
  });

  test('damaged rows are left out by their lines, and most of them refuse the table', async () => {
    const damaged = [['label', ...pixels], ...first].map((row) => [...row]);
    (damaged[3] as (string | number)[])[7] = 'x';
    (damaged[5] as (string | number)[]).pop();
    const found = await imported({ 'a.csv': text(damaged) });
    expect(found.built.count).toBe(10);
    expect(found.leftOut).toEqual([
      { name: 'a.csv', reason: ", line 4, column 8: 'x' is no number" },
      { name: 'a.csv', reason: ', line 6 has 64 columns, but the first has 65' },
    ]);
    expect(imagesOf(found)[2]).toEqual(digits[3]);
    await expect(
      imported({ 'a.csv': text(first.map((row, n) => (n % 3 ? row.with(4, 'NaN') : row))) }),
    ).rejects.toThrow(/^a\.csv, line \d+, column 5: 'NaN' is no number\.$/);
  });

  test('a square of numbers without header is one image, with the class of its folder', async () => {
    const square = (image: readonly number[]) =>
      text(Array.from({ length: 8 }, (_, y) => image.slice(8 * y, 8 * y + 8)));
    const [a, b, c] = digits as [number[], number[], number[]];
    const found = await imported({ 'a/1.csv': square(a), 'a/2.csv': square(b), 'b/1.csv': square(c) });
    expect(classesOf(found)).toEqual(['a', 'a', 'b']);
    expect(imagesOf(found)).toEqual([a, b, c]);
  });

  test('values that are no bytes after rows that are', async () => {
    const wide = first.map((row, n) => (n === 0 ? row : row.with(9, 1023)));
    const found = await imported({ 'a.csv': text(wide) });
    expect(reportOf(found).range).toMatchObject({ low: 0, high: 1023, white: 1023 });
    expect(imagesOf(found)[1]?.[8]).toBe(255);
    expect(imagesOf(found)[0]).toEqual(
      (digits[0] as number[]).map((level) => Math.round((level / 1023) * 255)),
    );
  });

  test('a table of few numbers, or of none, is no table of images', async () => {
    for (const file of [
      '1,2,3\n4,5,6\n',
      'id,label\n1,0\n',
      'hello',
      'a,b\nc,d\n',
      '1\n2\n',
      '1,2,3,4\n5,6,7,8\n',
      '1,2,3,4,5,6,7,8,9\n',
      // Letter Recognition: a class and 16 features. As many numbers are no image of 4×4.
      'T,2,8,3,5,1,8,13,0,6,6,10,8,0,8,0,8\nI,5,12,3,7,2,10,5,5,4,13,3,9,2,8,4,10\n',
      `${Array.from({ length: 25 }, (_, i) => `feature_${i}`)}\n${Array.from({ length: 25 }, (_, i) => i)}\n`,
      '{"a": 1, "b": [2, 3]}',
      '{"id": 1}\n{"id": 2}\n',
    ])
      await expect(imported({ 'a.csv': strToU8(file) })).rejects.toThrow(
        /^a\.csv is a table of neither images nor classes/,
      );
  });
});

test('beside an array a table gives the classes by the column that is called so, wherever it stands', async () => {
  const levels = [10, 20, 30].flatMap((level) => new Array(64).fill(level));
  for (const table of ['photo,label\n7,cat\n3,dog\n9,cat\n', 'label,photo\ncat,7\ndog,3\ncat,9\n']) {
    const files = { 'images.npy': npy('|u1', [3, 8, 8], levels), 'labels.csv': strToU8(table) };
    expect(classesOf(await imported(files))).toEqual(['cat', 'dog', 'cat']);
  }
});

describe('a table of names gives images their classes', () => {
  const png = (level: number) =>
    encodePng({ width: 8, height: 8, channels: 1, data: new Uint8Array(64).fill(level) });
  const images = (folder = 'train') =>
    Object.fromEntries([10, 20, 30, 40].map((level, i) => [`${folder}/${i + 1}.png`, png(level)]));
  const right = ['cat', 'dog', 'cat', 'owl'];
  const tables: [string, string][] = [
    ['stems', 'id,label\n1,cat\n2,dog\n3,cat\n4,owl\n'],
    ['names with suffix', 'file_name,label\n1.png,cat\n2.png,dog\n3.png,cat\n4.png,owl\n'],
    ['paths', 'image,class\ntrain/1.png,cat\ntrain/2.png,dog\ntrain/3.png,cat\ntrain/4.png,owl\n'],
    [
      'paths with backslashes',
      'image,class\ntrain\\1.png,cat\ntrain\\2.png,dog\ntrain\\3.png,cat\ntrain\\4.png,owl\n',
    ],
    ['no header', '1.png,cat\n2.png,dog\n3.png,cat\n4.png,owl\n'],
    [
      'tabs and boxes, as Tiny ImageNet',
      '1.png\tcat\t0\t0\t9\t9\n2.png\tdog\t1\t2\t7\t9\n3.png\tcat\t0\t0\t9\t9\n4.png\towl\t0\t3\t9\t9\n',
    ],
    ['spaces', '1.png cat\n2.png dog\n3.png cat\n4.png owl\n'],
    [
      'other columns before and after',
      'lesion_id,image_id,dx,age\nH1,1,cat,70\nH2,2,dog,60\nH3,3,cat,55\nH4,4,owl,40\n',
    ],
    ['the class before the name', 'breed,id\ncat,1\ndog,2\ncat,3\nowl,4\n'],
    ['one column a class', 'image_id,cat,dog,owl\n1,1,0,0\n2,0,1,0\n3,1,0,0\n4,0,0,1\n'],
    ['rows of images that are not there', 'id,label\n1,cat\n2,dog\n3,cat\n4,owl\n5,cat\n'],
    ['quotes', '"id","label"\n"1","cat"\n"2","dog"\n"3","cat"\n"4","owl"\n'],
    ['JSON lines', right.map((label, i) => JSON.stringify({ file_name: `${i + 1}.png`, label })).join('\n')],
    ['JSON', JSON.stringify(right.map((label, i) => ({ image: `train/${i + 1}.png`, class: label })))],
    ['JSON of names', JSON.stringify(Object.fromEntries(right.map((label, i) => [`${i + 1}.png`, label])))],
  ];
  test.each(tables)('%s', async (_, table) => {
    for (const files of [
      { 'labels.csv': strToU8(table), ...images() },
      { 'labels.txt': strToU8(table), ...images() },
      { 'set.tar': tar({ 'labels.csv': strToU8(table), ...images() }) },
    ]) {
      const found = await imported(files);
      expect(found.built).toMatchObject({ count: 4, imageSize: 8 });
      expect(classesOf(found)).toEqual(right);
      expect(found.leftOut).toEqual([]);
    }
  });

  test('numbers too, and a class of one column', async () => {
    const found = await imported({
      'trainLabels.csv': strToU8('id,label\n1,6\n2,9\n3,9\n4,4\n'),
      ...images(),
    });
    expect(classesOf(found)).toEqual(['6', '9', '9', '4']);
  });

  test('those of the part that it is about, where two parts have the same names', async () => {
    const found = await imported({
      'trainLabels.csv': strToU8(tables[0]?.[1] as string),
      ...images(),
      ...images('test'),
    });
    expect(classesOf(found)).toEqual([...right, 'no class', 'no class', 'no class', 'no class']);
  });

  test('those of its folder, where a table names it and two folders have the same names', async () => {
    const paths = ['train/1.png,cat', 'test/1.png,dog', 'train/2.png,owl', 'test/2.png,cat'];
    const two = (folder: string) => ({ [`${folder}/1.png`]: png(10), [`${folder}/2.png`]: png(20) });
    const table = strToU8(`image,class\n${paths.join('\n')}\n`);
    const found = await imported({ 'labels.csv': table, ...two('train'), ...two('test') });
    expect(classesOf(found)).toEqual(['cat', 'owl', 'dog', 'cat']);
  });

  test.each([
    [
      'several truths an image',
      'image_id,Young,Smiling\n1,1,1\n2,0,1\n3,1,0\n4,0,0\n',
      /several values of each image/,
    ],
    ['measures', 'id,width,height\n1,0.5,1\n2,0.7,2\n3,0.1,9\n4,0.9,1\n', /several values of each image/],
    ['other images', 'id,label\n100,cat\n200,dog\n300,cat\n', /neither images nor classes/],
    ['a list', 'n01443537\tgoldfish\nn01629819\tsalamander\n', /neither images nor classes/],
    [
      'a sentence an image',
      `file,text\n${Array.from({ length: 30 }, (_, i) => `${i + 1}.png,a cat in place ${i}`).join('\n')}`,
      /neither images|something else of almost every image/,
    ],
    ['the same for all', 'id,label\n1,0\n2,0\n3,0\n4,0\n', /the same class/],
  ])('but not of %s, which is left out', async (_, table, reason) => {
    const found = await imported({ 'other.csv': strToU8(table), ...images() });
    expect(found.built).toMatchObject({ count: 4, imageSize: 8, classNames: ['all'] });
    expect(found.leftOut).toEqual([{ name: 'other.csv', reason: expect.stringMatching(reason) }]);
  });

  test('a sample of what to hand in tells no classes', async () => {
    const found = await imported({
      'sampleSubmission.csv': strToU8('id,label\n1,0.5\n2,0.5\n3,0.5\n4,0.5\n'),
      ...images(),
    });
    expect(found.built.classNames).toEqual(['all']);
    expect(found.leftOut.length).toBe(1);
  });
});
