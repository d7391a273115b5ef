import { encode } from 'fast-png';
import { pictureBytes } from '../src/engine/data/pictureBytes';

/** Pictures NHWC in [−1, 1] and their measures. */
export interface PictureGrid {
  images: Float32Array;
  count: number;
  size: number;
  channels: number;
  /** In a row; as square as can be where it is left out. */
  columns?: number;
}

/** A picture is enlarged to at least this many pixels. */
const DRAWN = 56;
/** Level between the pictures. */
const GAP_LEVEL = 32;

/** A PNG of the pictures in rows; each pixel is a square of whole pixels. */
export function gridPng({
  images,
  count,
  size,
  channels,
  columns = Math.ceil(Math.sqrt(count)),
}: PictureGrid): Uint8Array {
  const enlarged = Math.max(1, Math.ceil(DRAWN / size));
  const cell = size * enlarged + enlarged;
  const [width, height] = [columns, Math.ceil(count / columns)].map((cells) => cells * cell + enlarged) as [
    number,
    number,
  ];
  const levels = pictureBytes(images);
  const data = new Uint8Array(width * height * channels).fill(GAP_LEVEL);
  for (let picture = 0; picture < count; picture++) {
    const left = enlarged + (picture % columns) * cell;
    const top = enlarged + Math.floor(picture / columns) * cell;
    for (let y = 0; y < size * enlarged; y++) {
      for (let x = 0; x < size * enlarged; x++) {
        const row = picture * size + Math.floor(y / enlarged);
        const from = (row * size + Math.floor(x / enlarged)) * channels;
        const to = ((top + y) * width + left + x) * channels;
        data.set(levels.subarray(from, from + channels), to);
      }
    }
  }
  return encode({ width, height, data, channels, depth: 8 });
}
