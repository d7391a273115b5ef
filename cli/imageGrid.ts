import { encode } from 'fast-png';
import { imageBytes } from '../src/engine/data/imageBytes';

/** Images NHWC in [−1, 1] and their measures. */
export interface ImageGrid {
  images: Float32Array;
  count: number;
  size: number;
  channels: number;
  /** In a row; as square as can be where it is left out. */
  columns?: number;
}

/** An image is enlarged to at least this many pixels. */
const DRAWN = 56;
/** Level between the images. */
const GAP_LEVEL = 32;

/** A PNG of the images in rows; each pixel is a square of whole pixels. */
export function gridPng({
  images,
  count,
  size,
  channels,
  columns = Math.ceil(Math.sqrt(count)),
}: ImageGrid): Uint8Array {
  const enlarged = Math.max(1, Math.ceil(DRAWN / size));
  const cell = size * enlarged + enlarged;
  const [width, height] = [columns, Math.ceil(count / columns)].map((cells) => cells * cell + enlarged) as [
    number,
    number,
  ];
  const levels = imageBytes(images);
  const data = new Uint8Array(width * height * channels).fill(GAP_LEVEL);
  for (let image = 0; image < count; image++) {
    const left = enlarged + (image % columns) * cell;
    const top = enlarged + Math.floor(image / columns) * cell;
    for (let y = 0; y < size * enlarged; y++) {
      for (let x = 0; x < size * enlarged; x++) {
        const row = image * size + Math.floor(y / enlarged);
        const from = (row * size + Math.floor(x / enlarged)) * channels;
        const to = ((top + y) * width + left + x) * channels;
        data.set(levels.subarray(from, from + channels), to);
      }
    }
  }
  return encode({ width, height, data, channels, depth: 8 });
}
