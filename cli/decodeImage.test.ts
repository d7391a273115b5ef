import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { differences, formatCases } from '../src/engine/data/import/testing/formatCases';
import { decodeImage } from './decodeImage';

const read = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../src/engine/data/import/testing/formats/${name}`, import.meta.url)));

describe('images of every format show in Node what a viewer shows', () => {
  test.each(formatCases.map((one) => [one.name, one] as const))('%s', async (name, right) => {
    expect(differences(right, await decodeImage(name, read(name)))).toEqual([]);
  });
});

test('what is no image, or of a format for the page alone, is said by name', async () => {
  await expect(decodeImage('a.avif', read('image.avif'))).rejects.toThrow(
    /^a\.avif is an AVIF image, which only the page reads/,
  );
  await expect(decodeImage('a.png', new Uint8Array(10))).rejects.toThrow('a.png is no image');
});
