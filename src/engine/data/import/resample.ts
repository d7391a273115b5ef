import { type Crop, croppedRectangle } from './crop';
import type { Bitmap } from './pixels';

export interface ImageShape {
  imageSize: number;
  channels: 1 | 3;
}

/**
 * A bitmap as levels [imageSize, imageSize, channels]: what the crop takes of it, each pixel the mean of the area that it
 * covers. What is transparent is black; padding has the mean colour of the edges that it adjoins; grey is
 * 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601).
 */
export function resample(
  bitmap: Bitmap,
  { imageSize, channels }: ImageShape,
  crop: Crop = 'centre',
): Uint8Array {
  const { width, height, pixels } = bitmap;
  const { left, top, ...size } = croppedRectangle(crop, width, height);
  const isWhole = size.width === width && size.height === height;
  if (isWhole && width === imageSize && height === imageSize && bitmap.channels === channels)
    return new Uint8Array(pixels);
  const across = coverOf(left, size.width, imageSize, width);
  const down = coverOf(top, size.height, imageSize, height);
  const planes = bitmap.channels === 1 ? 1 : 3;
  const means = columnMeans(rowMeans(bitmap, across, down, planes), down, imageSize * planes);
  if (crop === 'padded') pad(means, across, down, edgeColour(bitmap, planes));
  const levels = new Uint8Array(imageSize * imageSize * channels);
  for (let pixel = 0; pixel < imageSize * imageSize; pixel++) {
    const red = means[pixel * planes] as number;
    const green = planes === 1 ? red : (means[pixel * planes + 1] as number);
    const blue = planes === 1 ? red : (means[pixel * planes + 2] as number);
    if (channels === 3) {
      levels[3 * pixel] = Math.round(red);
      levels[3 * pixel + 1] = Math.round(green);
      levels[3 * pixel + 2] = Math.round(blue);
    } else levels[pixel] = Math.round(planes === 1 ? red : 0.299 * red + 0.587 * green + 0.114 * blue);
  }
  return levels;
}

/** Along one axis: which pixels each of `count` places covers, and which share of its mean each has. */
interface Cover {
  count: number;
  /** The first pixel of each place. */
  first: Int32Array;
  /** Shares of the pixels from there on, `width` a place: 1 together, less where a place reaches beyond the image. */
  shares: Float64Array;
  width: number;
  /** The first pixel that any place covers, and how many there are from there on. */
  start: number;
  length: number;
}

/** `count` places on the stretch of `side` pixels from `left` on, of an image that has `limit` pixels. */
function coverOf(left: number, side: number, count: number, limit: number): Cover {
  const scale = side / count;
  const width = Math.ceil(scale) + 1;
  const start = Math.max(0, left);
  const cover = {
    ...{ count, width, start, length: Math.min(limit, left + side) - start },
    first: new Int32Array(count),
    shares: new Float64Array(count * width),
  };
  for (let place = 0; place < count; place++) {
    const [from, to] = [left + place * scale, left + (place + 1) * scale];
    const first = Math.max(0, Math.floor(from));
    cover.first[place] = first;
    for (let i = 0; i < width && first + i < limit; i++) {
      const share = Math.min(first + i + 1, to) - Math.max(first + i, from);
      // Rounding must not reach for a pixel beyond the edge.
      if (share > 1e-9) cover.shares[place * width + i] = share / scale;
    }
  }
  return cover;
}

/** Means along the rows that `down` covers: [down.length, across.count, planes]. */
function rowMeans(bitmap: Bitmap, across: Cover, down: Cover, planes: number): Float64Array {
  const { width, channels, pixels } = bitmap;
  const means = new Float64Array(down.length * across.count * planes);
  let at = 0;
  for (let y = 0; y < down.length; y++) {
    for (let x = 0; x < across.count; x++, at += planes) {
      let pixel = ((down.start + y) * width + (across.first[x] as number)) * channels;
      for (let i = 0; i < across.width; i++, pixel += channels) {
        let share = across.shares[x * across.width + i] as number;
        if (share === 0) continue;
        if (channels === 4) share *= (pixels[pixel + 3] as number) / 255;
        for (let plane = 0; plane < planes; plane++)
          means[at + plane] = (means[at + plane] as number) + share * (pixels[pixel + plane] as number);
      }
    }
  }
  return means;
}

/** Means of those along the columns: [down.count, `length`], a row having `length` values. */
function columnMeans(rows: Float64Array, down: Cover, length: number): Float64Array {
  const means = new Float64Array(down.count * length);
  for (let y = 0; y < down.count; y++) {
    for (let i = 0; i < down.width; i++) {
      const share = down.shares[y * down.width + i] as number;
      if (share === 0) continue;
      const row = ((down.first[y] as number) + i - down.start) * length;
      for (let x = 0; x < length; x++)
        means[y * length + x] = (means[y * length + x] as number) + share * (rows[row + x] as number);
    }
  }
  return means;
}

/** Fills, in place, what each mean lacks because the image does not reach there. */
function pad(means: Float64Array, across: Cover, down: Cover, colour: readonly number[]): void {
  const covered = ({ count, width, shares }: Cover) =>
    Array.from({ length: count }, (_, place) =>
      shares.subarray(place * width, (place + 1) * width).reduce((sum, share) => sum + share, 0),
    );
  const [columns, rows] = [covered(across), covered(down)];
  let at = 0;
  for (const row of rows)
    for (const column of columns)
      for (const value of colour) {
        means[at] = (means[at] as number) + (1 - row * column) * value;
        at++;
      }
}

/** The mean of the two edges that padding adjoins: the long ones. */
function edgeColour({ width, height, channels, pixels }: Bitmap, planes: number): number[] {
  const [count, step, otherEdge] =
    width > height ? [width, 1, (height - 1) * width] : [height, width, width - 1];
  const sums = new Array<number>(planes).fill(0);
  for (const edge of [0, otherEdge]) {
    for (let i = 0; i < count; i++) {
      const at = (edge + i * step) * channels;
      const opacity = channels === 4 ? (pixels[at + 3] as number) / 255 : 1;
      for (let plane = 0; plane < planes; plane++)
        sums[plane] = (sums[plane] as number) + opacity * (pixels[at + plane] as number);
    }
  }
  return sums.map((sum) => sum / (2 * count));
}
