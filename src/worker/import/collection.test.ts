import { decode as decodePng, encode as encodePng } from 'fast-png';
import { strToU8, zipSync } from 'fflate';
import { expect, it, vi } from 'vitest';
import type { DecodeImage } from '../../engine/data/import/importPictures';
import { Collection } from './collection';
import type { PickedFile } from './protocol';

const decode: DecodeImage = async ({ bytes }) => {
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

it('takes pictures from files of every kind, in several turns, and keeps the classes of their folders', async () => {
  const collection = new Collection(decode);
  const first = await collection.addFiles(
    [picked('pets/cats/1.png', png(10)), picked('pets/cats/2.png', png(20))],
    quietly,
  );
  expect(first).toMatchObject({ added: 2, count: 2, refused: [], suitable: { imageSize: 8, channels: 1 } });
  const zip = zipSync({ 'dogs/1.png': png(30), 'dogs/2.png': png(40) });
  expect((await collection.addFiles([picked('more.zip', zip)], quietly)).count).toBe(4);
  const drawn = { width: 8, height: 8, channels: 1, pixels: new Uint8Array(64).fill(50) } as const;
  await collection.addPictures([{ bitmap: drawn, className: null }]);
  const built = await collection.build({ imageSize: 8, channels: 1 });
  expect(built).toMatchObject({ count: 5, classNames: ['cats', 'dogs', 'no class'] });
  expect([...built.labels]).toEqual([0, 0, 1, 1, 2]);
  expect([...built.levels].filter((_, i) => i % 64 === 0)).toEqual([10, 20, 30, 40, 50]);
  expect((await collection.removePicture(0)).count).toBe(4);
  expect((await collection.build({ imageSize: 8, channels: 1 })).levels[0]).toBe(20);
});

it('leaves out what cannot be used, by name and reason, and keeps all else', async () => {
  const collection = new Collection(decode);
  await collection.addFiles([picked('a.png', png(10))], quietly);
  const row = Array.from({ length: 64 }, (_, i) => i);
  const csv = strToU8(`${row.join()}\n${row.with(4, Number.NaN).join()}`);
  const { added, count, refused } = await collection.addFiles(
    [
      picked('b.png', png(20)),
      picked('broken.png', strToU8('no picture')),
      picked('pixels.csv', csv),
      picked('logo.svg', strToU8('<svg/>')),
      picked('notes.txt', strToU8('milk')),
      picked('damaged.zip', strToU8('PK')),
    ],
    quietly,
  );
  expect([added, count]).toEqual([1, 2]);
  expect(refused).toHaveLength(5);
  expect(refused).toContain("pixels.csv, line 2, column 5: 'NaN' is no number.");
  for (const said of [
    /^broken\.png is no picture/,
    /^logo\.svg is an SVG/,
    /^notes\.txt is none of the kinds/,
    /^damaged\.zip/,
  ])
    expect(refused.some((sentence) => said.test(sentence))).toBe(true);
});

it('ends where nobody wants the rest: then nothing is added', async () => {
  const collection = new Collection(decode);
  await collection.addFiles([picked('a.png', png(10))], quietly);
  const tell = vi.fn(() => false);
  const ended = await collection.addFiles([picked('b.png', png(20)), picked('c.png', png(30))], tell);
  expect(ended).toMatchObject({ added: 0, count: 1, refused: [] });
  expect(tell).toHaveBeenCalledWith(0, 2);
});

it('refuses a size that fills the memory, and takes a smaller one', async () => {
  const collection = new Collection(decode);
  const pixels = new Uint8Array(64);
  const bitmap = { width: 8, height: 8, channels: 1, pixels } as const;
  await collection.addPictures(Array.from({ length: 5000 }, () => ({ bitmap, className: null })));
  await expect(collection.build({ imageSize: 64, channels: 3 })).rejects.toThrow(
    /5,000 pictures of 64×64 in RGB are too many/,
  );
  expect((await collection.build({ imageSize: 8, channels: 1 })).count).toBe(5000);
});

it('crops all pictures in the way that was asked for last, and has the first ones whole', async () => {
  const collection = new Collection(decode);
  const pixels = Uint8Array.from({ length: 16 * 32 }, (_, i) => (i % 32 < 16 ? 40 : 80));
  const bitmap = { width: 32, height: 16, channels: 1, pixels } as const;
  const pictures = Array.from({ length: 6 }, () => ({ bitmap, className: null }));
  const { examples } = await collection.addPictures(pictures);
  expect(examples).toEqual(new Array(4).fill(bitmap));
  const levels = async () => [...(await collection.build({ imageSize: 2, channels: 1 })).levels.slice(-4)];
  expect(await levels()).toEqual([40, 80, 40, 80]);
  expect(await collection.setCrop({ x: 1, y: 0, size: 0.75 })).toMatchObject({ suitable: { imageSize: 12 } });
  expect(await levels()).toEqual([80, 80, 80, 80]);
  expect(await collection.setCrop('padded')).toMatchObject({ suitable: { imageSize: 32 } });
});
