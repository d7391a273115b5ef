import { decode as decodePng, encode as encodePng } from 'fast-png';
import { strToU8, zipSync } from 'fflate';
import { expect, it, vi } from 'vitest';
import type { Crop } from '../../engine/data/import/crop';
import type { DecodeImage } from '../../engine/data/import/images/imageFile';
import { sentenceOf } from '../../engine/data/import/pixels';
import type { PickedFile } from '../../engine/files/pickedFile';
import { Collection } from './collection';

const decode: DecodeImage = async (_, bytes) => {
  const { width, height, channels, data } = decodePng(bytes);
  return { width, height, channels: channels as 1 | 3, pixels: data as Uint8Array };
};
const png = (level: number, size = 10) =>
  encodePng({ width: size, height: size, channels: 1, data: new Uint8Array(size * size).fill(level) });
const picked = (name: string, bytes: Uint8Array): PickedFile => ({
  name,
  file: new Blob([bytes as Uint8Array<ArrayBuffer>]),
});
const quietly = () => true;
const most = 1000;
const plain = { crop: 'centre', background: 'auto', invert: false, transpose: false } as const;

it('takes images from files of every kind, in several turns, and keeps the classes of their folders', async () => {
  const collection = new Collection(decode);
  const first = await collection.addFiles(
    [picked('pets/cats/1.png', png(10)), picked('pets/dogs/2.png', png(20))],
    most,
    quietly,
  );
  expect(first).toMatchObject({ added: 2, count: 2, leftOut: [], suitable: { imageSize: 8, channels: 1 } });
  const zip = zipSync({ 'dogs/1.png': png(30), 'cats/2.png': png(40) });
  expect((await collection.addFiles([picked('more.zip', zip)], most, quietly)).count).toBe(4);
  const drawn = { width: 8, height: 8, channels: 1, pixels: new Uint8Array(64).fill(50) } as const;
  await collection.addImages([{ bitmap: drawn, className: null }]);
  const built = await collection.build({ imageSize: 8, channels: 1 });
  expect(built).toMatchObject({ count: 5, classNames: ['cats', 'dogs', 'no class'] });
  expect([...built.labels]).toEqual([0, 1, 1, 0, 2]);
  expect([...built.levels].filter((_, i) => i % 64 === 0)).toEqual([10, 20, 30, 40, 50]);
  expect((await collection.removeImage(0)).count).toBe(4);
  expect((await collection.build({ imageSize: 8, channels: 1 })).levels[0]).toBe(20);
});

it('leaves out what cannot be used, by name and reason, and keeps all else', async () => {
  const collection = new Collection(decode);
  await collection.addFiles([picked('a.png', png(10))], most, quietly);
  const row = Array.from({ length: 64 }, (_, i) => 255 - i);
  const csv = strToU8(`${row.join()}\n${row.with(4, Number.NaN).join()}`);
  const { added, count, leftOut } = await collection.addFiles(
    [
      picked('b.png', png(20)),
      picked('broken.png', strToU8('no image')),
      picked('pixels.csv', csv),
      picked('logo.svg', strToU8('<svg/>')),
      picked('notes.txt', strToU8('milk')),
      picked('damaged.zip', strToU8('PK\x03\x04')),
    ],
    most,
    quietly,
  );
  const refused = leftOut.map(sentenceOf);
  expect([added, count]).toEqual([2, 3]);
  expect(refused).toHaveLength(5);
  expect(refused).toContain("pixels.csv, line 2, column 5: 'NaN' is no number.");
  for (const said of [
    /^broken\.png is no image/,
    /^logo\.svg is an SVG/,
    /^notes\.txt is a table of neither images/,
    /^damaged\.zip/,
  ])
    expect(refused.some((sentence) => said.test(sentence))).toBe(true);
});

it('ends where nobody wants the rest: then nothing is added', async () => {
  const collection = new Collection(decode);
  await collection.addFiles([picked('a.png', png(10))], most, quietly);
  const tell = vi.fn(() => false);
  const ended = await collection.addFiles([picked('b.png', png(20)), picked('c.png', png(30))], most, tell);
  expect(ended).toMatchObject({ added: 0, count: 1, leftOut: [] });
  expect(tell).toHaveBeenCalledWith(0, 2);
});

it('refuses a size that fills the memory, and takes a smaller one', async () => {
  const collection = new Collection(decode);
  const pixels = new Uint8Array(64);
  const bitmap = { width: 8, height: 8, channels: 1, pixels } as const;
  await collection.addImages(Array.from({ length: 6000 }, () => ({ bitmap, className: null })));
  await expect(collection.build({ imageSize: 64, channels: 3 })).rejects.toThrow(
    /6,000 images of 64×64 in RGB are too many/,
  );
  expect((await collection.build({ imageSize: 8, channels: 1 })).count).toBe(6000);
});

it('crops all images in the way that was asked for last, and has the first ones whole', async () => {
  const collection = new Collection(decode);
  const pixels = Uint8Array.from({ length: 16 * 32 }, (_, i) => (i % 32 < 16 ? 40 : 80));
  const bitmap = { width: 32, height: 16, channels: 1, pixels } as const;
  const images = Array.from({ length: 6 }, () => ({ bitmap, className: null }));
  const { examples } = await collection.addImages(images);
  expect(examples).toEqual(new Array(4).fill(bitmap));
  const setCrop = (crop: Crop) => collection.setAppearance({ ...plain, crop });
  const levels = async () => [...(await collection.build({ imageSize: 2, channels: 1 })).levels.slice(-4)];
  expect(await levels()).toEqual([40, 80, 40, 80]);
  expect(await setCrop({ x: 1, y: 0, size: 0.75 })).toMatchObject({ suitable: { imageSize: 12 } });
  expect(await levels()).toEqual([80, 80, 80, 80]);
  expect(await setCrop('padded')).toMatchObject({ suitable: { imageSize: 32 } });
});

it('reads its files once more where the user answers what they leave open', async () => {
  const collection = new Collection(decode);
  const pixels = Array.from({ length: 64 }, (_, i) => `pixel${i}`);
  const rows = Array.from({ length: 6 }, (_, n) => [n % 2, n % 3, ...new Array(64).fill(40 * n)]);
  const csv = strToU8([['coarse', 'fine', ...pixels], ...rows].map((row) => row.join()).join('\n'));
  const first = await collection.addFiles([picked('a.csv', csv)], most, quietly);
  const [{ name, choice } = { name: '', choice: undefined }] = first.choices;
  expect([name, choice?.about]).toEqual(['a.csv', 'class column']);
  for (const [title, classNames] of [
    ['fine', ['0', '1', '2']],
    ['coarse', ['0', '1']],
    ['none', ['all']],
  ] as const) {
    const answers = { [name]: { 'class column': choice?.titles.indexOf(title) ?? -1 } };
    expect(await collection.readAgain(answers, most, quietly)).toMatchObject({ count: 6, leftOut: [] });
    expect((await collection.build({ imageSize: 8, channels: 1 })).classNames).toEqual(classNames);
  }
  expect((await collection.readAgain({}, most, () => false)).added).toBe(0);
  expect((await collection.build({ imageSize: 8, channels: 1 })).classNames).toEqual(['all']);
});

it('takes a part of what is more than the limit, evenly by class, and inverts it where that is asked', async () => {
  const collection = new Collection(decode);
  const files = Array.from({ length: 30 }, (_, i) => picked(`${i < 24 ? 'a' : 'b'}/${i}.png`, png(i)));
  const added = await collection.addFiles(files, 12, quietly);
  expect(added).toMatchObject({ added: 12, count: 12, total: 30 });
  await collection.setAppearance({ ...plain, invert: true });
  const built = await collection.build({ imageSize: 8, channels: 1 });
  expect(built.labels.filter((label) => label === 1).length).toBe(6);
  expect(built.levels[0]).toBe(255);
});

it('reads once more with another limit: what was taken out stays out, and drawn images stay', async () => {
  const collection = new Collection(decode);
  const files = Array.from({ length: 8 }, (_, i) => picked(`${i < 6 ? 'a' : 'b'}/${i}.png`, png(10 * i)));
  await collection.addFiles(files, most, quietly);
  const drawn = { width: 10, height: 10, channels: 1, pixels: new Uint8Array(100).fill(255) } as const;
  await collection.addImages([{ bitmap: drawn, className: 'b' }]);
  expect((await collection.removeImage(1)).count).toBe(8);
  const levels = async () =>
    [...(await collection.build({ imageSize: 8, channels: 1 })).levels].filter((_, i) => i % 64 === 0);
  expect(await levels()).toEqual([0, 20, 30, 40, 50, 60, 70, 255]);
  const fewer = await collection.readAgain({}, 5, quietly);
  expect(fewer).toMatchObject({ count: 5, total: 8 });
  // Two of each class and the drawing.
  expect(await levels()).toEqual([0, 30, 60, 70, 255]);
  expect(await collection.readAgain({}, most, quietly)).toMatchObject({ count: 8, total: 8 });
  expect(await levels()).toEqual([0, 20, 30, 40, 50, 60, 70, 255]);
});

it('changes nothing where a file is no longer there when it is read once more', async () => {
  const collection = new Collection(decode);
  let isThere = true;
  const blob = new Blob([png(10) as Uint8Array<ArrayBuffer>]);
  const file = {
    size: blob.size,
    slice: (from: number, to: number) => {
      if (!isThere) throw new DOMException('gone', 'NotFoundError');
      return blob.slice(from, to);
    },
  } as Blob;
  await collection.addFiles([{ name: 'a.png', file }], most, quietly);
  isThere = false;
  await expect(collection.readAgain({}, 1, quietly)).rejects.toThrow(/^a\.png could not be opened/);
  expect((await collection.build({ imageSize: 8, channels: 1 })).count).toBe(1);
});

it('keeps what was left out of all files in the list', async () => {
  const collection = new Collection(decode);
  await collection.addFiles([picked('a.png', png(1)), picked('b.svg', strToU8('<svg/>'))], most, quietly);
  const { leftOut } = await collection.addFiles(
    [picked('c.png', png(1)), picked('d.svg', strToU8('<svg/>'))],
    most,
    quietly,
  );
  expect(leftOut.map(({ name }) => name)).toEqual(['b.svg', 'd.svg']);
});

it('transposes images, and shows transparent ones on their background', async () => {
  const collection = new Collection(decode);
  const pixels = Uint8Array.from({ length: 8 * 16 }, (_, i) => i);
  await collection.addImages([{ bitmap: { width: 16, height: 8, channels: 1, pixels }, className: null }]);
  const { examples } = await collection.setAppearance({ ...plain, transpose: true, invert: true });
  expect(examples[0]).toMatchObject({ width: 8, height: 16 });
  // Row 3, column 5 of the result is row 5, column 3 of the image.
  expect(examples[0]?.pixels[3 * 8 + 5]).toBe(255 - (5 * 16 + 3));
  const built = await collection.build({ imageSize: 8, channels: 1 });
  expect(built.levels[0], 'the middle 8 columns of 16 became rows').toBe(255 - 4);
  expect(built.levels[1]).toBe(255 - (4 + 16));

  const clear = new Collection(decode);
  const rgba = Uint8Array.from({ length: 64 }, (_, i) => (i % 4 === 3 ? (i < 32 ? 255 : 0) : 20));
  const bitmap = { width: 4, height: 4, channels: 4, pixels: rgba } as const;
  const added = await clear.addImages([{ bitmap, className: null }]);
  expect(added.hasTransparency).toBe(true);
  expect(added.examples[0]).toMatchObject({ channels: 3 });
  expect([...(added.examples[0]?.pixels ?? [])].filter((_, i) => i % 24 === 0)).toEqual([20, 255]);
  const black = await clear.setAppearance({ ...plain, background: 'black' });
  expect([...(black.examples[0]?.pixels ?? [])].filter((_, i) => i % 24 === 0)).toEqual([20, 0]);
});
