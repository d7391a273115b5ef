import { readAll, type SourceFile } from '../files/byteSource';
import { HEAD, kindOf, strangenessOf } from '../files/kind';
import type { ImageSet } from '../imageSet';
import { type Bitmap, checkSides, ImportError, leftOutBy, limits } from '../pixels';
import { announcedSize, type Size } from './announcedSize';
import { damageOf } from './wholeness';

/** Decodes a whole PNG, JPEG or what else the platform knows, turned as its EXIF says. Rejects where it is no image. */
export type DecodeImage = (name: string, bytes: Uint8Array) => Promise<Bitmap>;

export const imageSuffixes = [
  '.png',
  '.jpg',
  '.jpeg',
  '.jfif',
  '.jpe',
  '.webp',
  '.gif',
  '.bmp',
  '.avif',
] as const;

export function hasImageSuffix(name: string): boolean {
  return imageSuffixes.some((suffix) => name.toLowerCase().endsWith(suffix));
}

/** An image file as a set of one. */
export function imageOfFile(file: SourceFile, decode: DecodeImage): ImageSet {
  return {
    name: file.name,
    count: 1,
    async *size() {
      yield await sizeOfFile(file);
    },
    labels: null,
    async *read() {
      try {
        yield await decoded(file.name, await bytesOf(file), decode);
      } catch (error) {
        yield leftOutBy(error, file.name);
      }
    },
  };
}

/** Decodes an image that seems whole and is not too large. Throws ImportError. */
export async function decoded(name: string, bytes: Uint8Array, decode: DecodeImage): Promise<Bitmap> {
  const damage = damageOf(bytes);
  if (damage !== null) throw new ImportError(`${name} ${damage}.`);
  const head = bytes.subarray(0, HEAD);
  const kind = kindOf(head, bytes.length);
  if (kind === 'svg')
    throw new ImportError(`${name} is an SVG drawing, which is not read: export it as PNG.`);
  const size = announcedSize(bytes);
  if (size) checkSides(name, ...size);
  try {
    const bitmap = await decode(name, bytes);
    checkSides(name, bitmap.width, bitmap.height);
    return bitmap;
  } catch (error) {
    if (error instanceof ImportError) throw error;
    throw new ImportError(`${name} ${strangenessOf(head) ?? 'is no image that can be read here'}.`);
  }
}

/** An image up to so many bytes is looked at as a whole: the size of a damaged one must not count. */
const SMALL = 2 ** 18;

async function sizeOfFile(file: SourceFile): Promise<Size | null> {
  const start = await file.read(0, Math.min(file.size, file.size > SMALL ? 2 ** 20 : SMALL));
  return file.size <= SMALL && damageOf(start) !== null ? null : announcedSize(start);
}

async function bytesOf(file: SourceFile): Promise<Uint8Array> {
  if (file.size > limits.bytes)
    throw new ImportError(`${file.name} is larger than ${limits.bytes / 2 ** 20} MB: make it smaller first.`);
  return readAll(file);
}
