import { imageBytes } from '../../engine/data/imageBytes';

/** Images one after the other, each HWC: values in [−1, 1], or bytes as imageBytes makes them. */
export interface Images {
  images: Float32Array | Uint8ClampedArray;
  count: number;
  /** Height and width, pixels. */
  size: number;
  /** 1 (grey) or 3 (RGB). */
  channels: number;
}

/** RGBA of all images side by side without gaps, `columns` a row; what the last row lacks is transparent. */
export function imagesToRgba(
  { images, count, size, channels }: Images,
  columns = 1,
): Uint8ClampedArray<ArrayBuffer> {
  const bytes = images instanceof Float32Array ? imageBytes(images) : images;
  const width = columns * size;
  const rgba = new Uint8ClampedArray(width * Math.ceil(count / columns) * size * 4);
  const [green, blue] = channels === 3 ? [1, 2] : [0, 0];
  let source = 0;
  for (let image = 0; image < count; image++) {
    const top = Math.floor(image / columns) * size;
    const left = (image % columns) * size;
    for (let y = 0; y < size; y++) {
      let target = ((top + y) * width + left) * 4;
      for (let x = 0; x < size; x++) {
        rgba[target] = bytes[source] as number;
        rgba[target + 1] = bytes[source + green] as number;
        rgba[target + 2] = bytes[source + blue] as number;
        rgba[target + 3] = 255;
        target += 4;
        source += channels;
      }
    }
  }
  return rgba;
}
