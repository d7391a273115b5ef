import type { NumberArray } from './npy';
import { type Bitmap, checkSides, ImportError, type ImportedPicture, limits } from './pixels';

/**
 * The pictures of an array [N,H,W], [N,H,W,C] or [N,C,H,W] with 1, 3 or 4 channels, or [N, H·W] of squares. Bytes are levels;
 * other numbers are taken as [−1, 1], [0, 1] or [0, 255] by their range. `labels` has a number for each. Throws ImportError.
 */
export function picturesOfArray(
  array: NumberArray,
  name: string,
  labels?: ArrayLike<number>,
): ImportedPicture[] {
  const { count, height, width, channels, planes } = layoutOf(array.shape, name);
  checkSides(name, width, height);
  if (count > limits.pictures)
    throw new ImportError(`${name} holds ${count} pictures, more than ${limits.pictures}: take fewer.`);
  if (labels && labels.length !== count)
    throw new ImportError(`${name} holds ${count} pictures but ${labels.length} labels.`);
  const toLevel = scaleOf(array, name);
  const size = height * width;
  const length = size * channels;
  const { values, bytes } = array;
  return Array.from({ length: count }, (_, picture) => {
    const start = picture * length;
    const className = labels ? String(labels[picture]) : null;
    // Tens of thousands of pictures need not be copied where they are levels already.
    if (bytes && !planes && values instanceof Uint8Array)
      return {
        bitmap: { width, height, channels, pixels: values.subarray(start, start + length) },
        className,
      };
    const pixels = new Uint8ClampedArray(length);
    for (let i = 0; i < pixels.length; i++) {
      const at = planes ? (i % channels) * size + Math.floor(i / channels) : i;
      pixels[i] = toLevel(values[start + at] as number);
    }
    return { bitmap: { width, height, channels, pixels }, className };
  });
}

interface Layout {
  count: number;
  height: number;
  width: number;
  channels: Bitmap['channels'];
  /** Whether the channels come before the rows. */
  planes: boolean;
}

function layoutOf(shape: number[], name: string): Layout {
  const [count = 0, a = 0, b = 0, c = 0] = shape;
  const isChannels = (value: number): value is Bitmap['channels'] =>
    value === 1 || value === 3 || value === 4;
  if (count > 0) {
    const side = Math.sqrt(a);
    if (shape.length === 2 && Number.isInteger(side))
      return { count, height: side, width: side, channels: 1, planes: false };
    if (shape.length === 3) return { count, height: a, width: b, channels: 1, planes: false };
    if (shape.length === 4 && isChannels(c))
      return { count, height: a, width: b, channels: c, planes: false };
    if (shape.length === 4 && isChannels(a)) return { count, height: b, width: c, channels: a, planes: true };
  }
  throw new ImportError(
    `${name} has the shape ${shape.join('×') || '()'}: pictures must be [N, height, width], with 1, 3 or 4 channels where ` +
      'they have colours, or rows of square pictures.',
  );
}

function scaleOf({ values, bytes }: NumberArray, name: string): (value: number) => number {
  if (bytes) return (value) => value;
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) throw new ImportError(`${name} holds NaN or infinity.`);
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  if (lowest >= -1 && highest <= 1)
    return lowest < 0 ? (value) => (value + 1) * 127.5 : (value) => value * 255;
  if (lowest >= 0 && highest <= 255) return (value) => value;
  throw new ImportError(
    `${name} holds values from ${lowest} to ${highest}: levels must lie in 0 … 255, 0 … 1 or −1 … 1.`,
  );
}
