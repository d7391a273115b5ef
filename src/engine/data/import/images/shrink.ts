import { hasColours } from '../buildImages';
import type { Bitmap } from '../pixels';

/** Bytes of all images that are kept to be cropped: several times what is built of them. */
const KEPT = 256 * 2 ** 20;
/** Twice the side of the largest images of a data set: more would only fill the memory. */
const LARGEST = 128;

/** The short side to which `count` images are made smaller, pixels. */
export function keptSide(count: number): number {
  return Math.max(8, Math.min(LARGEST, Math.floor(Math.sqrt(KEPT / (3 * Math.max(1, count))))));
}

/** An image made smaller by a whole number, so that its short side stays above `side`; grey in one channel, opaque without alpha. */
export function shrunk(bitmap: Bitmap, side: number): Bitmap {
  const plain = compact(bitmap);
  const factor = Math.floor(Math.min(plain.width, plain.height) / side);
  if (factor < 2) return plain;
  const { channels, pixels } = plain;
  const [width, height] = [Math.floor(plain.width / factor), Math.floor(plain.height / factor)];
  const small = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        for (let dy = 0; dy < factor; dy++)
          for (let dx = 0; dx < factor; dx++)
            sum += pixels[((y * factor + dy) * plain.width + x * factor + dx) * channels + channel] as number;
        small[(y * width + x) * channels + channel] = Math.round(sum / factor ** 2);
      }
  return { width, height, channels, pixels: small };
}

function compact(bitmap: Bitmap): Bitmap {
  const { width, height, channels, pixels } = bitmap;
  if (channels === 1) return bitmap;
  const count = width * height;
  if (channels === 4) for (let i = 0; i < count; i++) if (pixels[4 * i + 3] !== 255) return bitmap;
  const kept = hasColours(bitmap) ? 3 : 1;
  if (kept === channels) return bitmap;
  const packed = new Uint8Array(count * kept);
  for (let i = 0; i < count; i++)
    for (let channel = 0; channel < kept; channel++)
      packed[i * kept + channel] = pixels[i * channels + channel] as number;
  return { width, height, channels: kept, pixels: packed };
}
