import { readFile } from 'node:fs/promises';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { archive, imagesMember, labelsMember } from './archive';
import type { ImageFacts } from './dataset';
import { loadDataset } from './datasets';
import { formatIdx } from './idx';

const facts: ImageFacts = { count: 3, imageSize: 2, channels: 1, classNames: ['a', 'b'], white: 16 };
const images = { shape: [3, 2, 2], values: Uint8Array.from({ length: 12 }, (_, i) => i) };
const labels = { shape: [3], values: Uint8Array.of(1, 0, 1) };

function zipOf(members: Record<string, Uint8Array>) {
  return zipSync({
    [imagesMember]: formatIdx(images),
    [labelsMember]: formatIdx(labels),
    ...members,
  });
}

const open = (bytes: Uint8Array, changed: Partial<ImageFacts> = {}) =>
  archive('cats.zip')({ ...facts, ...changed }, async () => bytes);

describe('archive', () => {
  it('reads images and labels, asking for its file by name', async () => {
    const asked: string[] = [];
    const source = archive('cats.zip');
    const read = await source(facts, async (fileName) => {
      asked.push(fileName);
      return zipOf({ 'LICENSE.txt': strToU8('free') });
    });
    expect(read).toEqual({ levels: images.values, labels: labels.values });
    expect(asked).toEqual(['cats.zip']);
  });

  it('reads RGB images', async () => {
    const rgb = { shape: [3, 2, 2, 3], values: Uint8Array.from({ length: 36 }, (_, i) => i % 17) };
    const images = await open(zipOf({ [imagesMember]: formatIdx(rgb) }), { channels: 3 });
    expect(images.levels).toEqual(rgb.values);
  });

  it('names the file that could not be read, and why', async () => {
    const refuse = () => Promise.reject(new Error('HTTP 404'));
    await expect(archive('cats.zip')(facts, refuse)).rejects.toThrow(/cats\.zip could not be read: HTTP 404/);
  });

  it('says that a page is not an archive', async () => {
    const page = strToU8('<!doctype html><title>Not found</title>');
    await expect(open(page)).rejects.toThrow(/cats\.zip is not a zip archive/);
    await expect(open(new Uint8Array())).rejects.toThrow(/cats\.zip is not a zip archive/);
  });

  it('refuses an archive cut off anywhere', async () => {
    const whole = await readFile(new URL('../../../public/data/digits.zip', import.meta.url));
    for (let length = 0; length < whole.length; length += 977) {
      const cut = () => Promise.resolve(whole.subarray(0, length));
      await expect(loadDataset('digits', cut)).rejects.toThrow(/digits\.zip/);
    }
    const withoutEnd = () => Promise.resolve(whole.subarray(0, whole.length - 1));
    await expect(loadDataset('digits', withoutEnd)).rejects.toThrow(/digits\.zip is cut off or damaged/);
  });

  it('refuses an archive without images or labels', async () => {
    const { [labelsMember]: _, ...rest } = unzipSync(zipOf({}));
    await expect(open(zipSync(rest))).rejects.toThrow('cats.zip holds no labels.idx');
  });

  it('refuses images of another count, size or number of channels', async () => {
    await expect(open(zipOf({}), { count: 4 })).rejects.toThrow(
      'images.idx is 3×2×2, but 4×2×2 was expected',
    );
    await expect(open(zipOf({}), { imageSize: 4 })).rejects.toThrow('3×4×4 was expected');
    await expect(open(zipOf({}), { channels: 3 })).rejects.toThrow('3×2×2×3 was expected');
  });

  it('refuses labels of another count', async () => {
    const two = formatIdx({ shape: [2], values: Uint8Array.of(0, 1) });
    await expect(open(zipOf({ [labelsMember]: two }))).rejects.toThrow('labels.idx is 2, but 3 was expected');
  });

  it('refuses a label without a class and a level above white', async () => {
    await expect(open(zipOf({}), { classNames: ['a'] })).rejects.toThrow(/labels\.idx holds the label 1/);
    await expect(open(zipOf({}), { white: 10 })).rejects.toThrow(/images\.idx holds the level 11/);
  });

  it('names file and member of a damaged array', async () => {
    const damaged = formatIdx(images).subarray(0, -1);
    await expect(open(zipOf({ [imagesMember]: damaged }))).rejects.toThrow(
      'cats.zip: images.idx announces 12 values (3×2×2) but holds 11',
    );
  });
});
