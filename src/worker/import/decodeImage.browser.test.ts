import { describe, expect, test } from 'vitest';
import { decoded } from '../../engine/data/import/images/imageFile';
import { differences, formatCases } from '../../engine/data/import/testing/formatCases';
import { decodeImage } from './decodeImage';

const addresses: Record<string, string> = import.meta.glob('../../engine/data/import/testing/formats/*', {
  query: '?url',
  import: 'default',
  eager: true,
});

const read = async (name: string) => {
  const address = addresses[`../../engine/data/import/testing/formats/${name}`] as string;
  return new Uint8Array(await (await fetch(address)).arrayBuffer());
};

describe('images of every format show in a browser what they show in Node', () => {
  test.each(formatCases.map((one) => [one.name, one] as const))('%s', async (name, right) => {
    expect(differences(right, await decodeImage(name, await read(name)))).toEqual([]);
  });

  test('and AVIF, which Node does not read', async () => {
    const right = {
      name: 'image.avif',
      fields: formatCases.find(({ name }) => name === 'jpeg.jpg')?.fields ?? [],
    };
    const bitmap = await decodeImage(right.name, await read(right.name));
    expect(differences({ ...right, isTransparent: false, tolerance: 60 }, bitmap)).toEqual([]);
  });
});

test('a cut image is refused as in Node, though a browser would show a part of it', async () => {
  for (const name of ['jpeg.jpg', 'progressive.jpg', 'rgb8.png', 'plain.gif', 'lossy.webp']) {
    const bytes = await read(name);
    const half = bytes.slice(0, Math.floor(bytes.length / 2));
    await expect(decoded(name, half, decodeImage), name).rejects.toThrow(`${name} is cut off.`);
  }
});
