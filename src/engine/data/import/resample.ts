import type { Bitmap } from './pixels';

export interface PictureShape {
  imageSize: number;
  channels: 1 | 3;
}

/**
 * A bitmap as levels [imageSize, imageSize, channels]: the largest centred square, each pixel the mean of the area that it
 * covers. What is transparent is black; grey is 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601).
 */
export function resample(bitmap: Bitmap, { imageSize, channels }: PictureShape): Uint8Array {
  const { width, height, pixels } = bitmap;
  if (width === imageSize && height === imageSize && bitmap.channels === channels)
    return Uint8Array.from(pixels);
  const side = Math.min(width, height);
  const cover = coverOf(side, imageSize);
  const planes = bitmap.channels === 1 ? 1 : 3;
  const means = columnMeans(rowMeans(bitmap, side, cover, planes), cover, planes);
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
  /** Shares of the pixels from there on, `width` a place. */
  shares: Float64Array;
  width: number;
}

function coverOf(side: number, count: number): Cover {
  const scale = side / count;
  const width = Math.ceil(scale) + 1;
  const cover = { count, first: new Int32Array(count), shares: new Float64Array(count * width), width };
  for (let place = 0; place < count; place++) {
    const [from, to] = [place * scale, (place + 1) * scale];
    const first = Math.floor(from);
    cover.first[place] = first;
    for (let i = 0; i < width; i++) {
      const share = Math.min(first + i + 1, to) - Math.max(first + i, from);
      // Rounding must not reach for a pixel beyond the edge.
      if (share > 1e-9) cover.shares[place * width + i] = share / scale;
    }
  }
  return cover;
}

/** Means along the rows of the centred square: [side, count, planes]. */
function rowMeans(bitmap: Bitmap, side: number, cover: Cover, planes: number): Float64Array {
  const { width, height, channels, pixels } = bitmap;
  const [left, top] = [(width - side) >> 1, (height - side) >> 1];
  const means = new Float64Array(side * cover.count * planes);
  let at = 0;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < cover.count; x++, at += planes) {
      let pixel = ((top + y) * width + left + (cover.first[x] as number)) * channels;
      for (let i = 0; i < cover.width; i++, pixel += channels) {
        let share = cover.shares[x * cover.width + i] as number;
        if (share === 0) continue;
        if (channels === 4) share *= (pixels[pixel + 3] as number) / 255;
        for (let plane = 0; plane < planes; plane++)
          means[at + plane] = (means[at + plane] as number) + share * (pixels[pixel + plane] as number);
      }
    }
  }
  return means;
}

/** Means of those along the columns: [count, count, planes]. */
function columnMeans(rows: Float64Array, cover: Cover, planes: number): Float64Array {
  const length = cover.count * planes;
  const means = new Float64Array(cover.count * length);
  for (let y = 0; y < cover.count; y++) {
    for (let i = 0; i < cover.width; i++) {
      const share = cover.shares[y * cover.width + i] as number;
      if (share === 0) continue;
      const row = ((cover.first[y] as number) + i) * length;
      for (let x = 0; x < length; x++)
        means[y * length + x] = (means[y * length + x] as number) + share * (rows[row + x] as number);
    }
  }
  return means;
}
