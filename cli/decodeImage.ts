import { convertIndexedToRgb, decode as decodePng, hasPngSignature } from 'fast-png';
import jpeg from 'jpeg-js';
import type { DecodeImage } from '../src/engine/data/import/importPictures';
import { type Bitmap, checkSides, ImportError } from '../src/engine/data/import/pixels';

/** PNG and JPEG in Node; a browser reads more. */
export const decodeImage: DecodeImage = async ({ name, bytes }) => {
  if (hasPngSignature(bytes)) return png(name, bytes);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) {
    const { width, height, data } = jpeg.decode(bytes, { useTArray: true, maxMemoryUsageInMB: 1024 });
    return { width, height, channels: 4, pixels: data };
  }
  throw new ImportError(`${name} is neither PNG nor JPEG: convert it first.`);
};

function png(name: string, bytes: Uint8Array): Bitmap {
  const header = new DataView(bytes.buffer, bytes.byteOffset);
  if (bytes.length > 24) checkSides(name, header.getUint32(16), header.getUint32(20));
  const image = decodePng(bytes);
  const { width, height, depth } = image;
  if (image.palette) {
    const pixels = convertIndexedToRgb(image);
    return { width, height, channels: (pixels.length / (width * height)) as 3 | 4, pixels };
  }
  const highest = 2 ** depth - 1;
  const level = (at: number) => Math.round((255 * (image.data[at] as number)) / highest);
  if (image.channels !== 2) {
    const pixels = Uint8Array.from(image.data, (_, at) => level(at));
    return { width, height, channels: image.channels as 1 | 3 | 4, pixels };
  }
  // Grey with transparency.
  const pixels = new Uint8Array(4 * width * height);
  for (let i = 0; i < width * height; i++)
    pixels.set([0, 0, 0].map(() => level(2 * i)).concat(level(2 * i + 1)), 4 * i);
  return { width, height, channels: 4, pixels };
}
