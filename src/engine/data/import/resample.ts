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
  const side = Math.min(bitmap.width, bitmap.height);
  const [left, top] = [(bitmap.width - side) >> 1, (bitmap.height - side) >> 1];
  const scale = side / imageSize;
  const columns = Array.from({ length: imageSize }, (_, i) => cover(i * scale, (i + 1) * scale));
  const levels = new Uint8Array(imageSize * imageSize * channels);
  const sum = new Float64Array(3);
  columns.forEach((rows, y) => {
    columns.forEach((across, x) => {
      sum.fill(0);
      for (const [row, height] of rows)
        for (const [column, width] of across)
          addPixel(sum, bitmap, (top + row) * bitmap.width + left + column, height * width);
      const area = scale * scale;
      const [red, green, blue] = [...sum].map((value) => value / area) as [number, number, number];
      const at = (y * imageSize + x) * channels;
      if (channels === 3) levels.set([red, green, blue].map(Math.round), at);
      else levels[at] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
    });
  });
  return levels;
}

/** Whole pixels between two places, each with the share of it that lies between. */
function cover(from: number, to: number): [number, number][] {
  const shares: [number, number][] = [];
  for (let pixel = Math.floor(from); pixel < to - 1e-9; pixel++)
    shares.push([pixel, Math.min(pixel + 1, to) - Math.max(pixel, from)]);
  return shares;
}

function addPixel(sum: Float64Array, { channels, pixels }: Bitmap, pixel: number, weight: number): void {
  const at = pixel * channels;
  const opacity = channels === 4 ? (pixels[at + 3] as number) / 255 : 1;
  for (let c = 0; c < 3; c++) {
    const value = pixels[channels === 1 ? at : at + c] as number;
    sum[c] = (sum[c] as number) + value * opacity * weight;
  }
}
