/** A colour to draw with: a value a channel, −1 … 1. */
export interface Ink {
  name: string;
  values: readonly number[];
}

const greys: Ink[] = [
  { name: 'white', values: [1] },
  { name: 'light grey', values: [0.5] },
  { name: 'grey', values: [0] },
  { name: 'dark grey', values: [-0.5] },
  { name: 'black', values: [-1] },
];

/** Bytes as they are named in most palettes. */
const colours: [string, number, number, number][] = [
  ['white', 255, 255, 255],
  ['red', 238, 76, 92],
  ['orange', 250, 150, 70],
  ['yellow', 250, 210, 80],
  ['green', 90, 200, 120],
  ['cyan', 64, 188, 208],
  ['blue', 98, 140, 246],
  ['violet', 178, 120, 242],
  ['pink', 244, 128, 188],
  ['black', 0, 0, 0],
];

/** The inks for images of so many channels. */
export function inksFor(channels: number): Ink[] {
  if (channels === 1) return greys;
  return colours.map(([name, ...bytes]) => ({ name, values: bytes.map((byte) => byte / 127.5 - 1) }));
}

/** The colour as CSS takes it, and a colour field: #rrggbb. */
export function hexOf(values: readonly number[]): string {
  const byte = (value: number) => Math.round((Math.max(-1, Math.min(1, value)) + 1) * 127.5);
  const channels = values.length === 1 ? [0, 0, 0].map(() => values[0] as number) : values;
  return `#${channels.map((value) => byte(value).toString(16).padStart(2, '0')).join('')}`;
}

/** The values of a colour written #rrggbb. */
export function valuesOf(hex: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 127.5 - 1);
}

/** Images NHWC. */
interface Images {
  images: Float32Array;
  imageSize: number;
  channels: number;
  count: number;
}

/** What lies behind the images of a data set: the median of their left upper corners, by channel. The eraser leaves it. */
export function backgroundOf({ images, imageSize, channels, count }: Images): number[] {
  const length = imageSize ** 2 * channels;
  const looked = Math.min(count, 101);
  return Array.from({ length: channels }, (_, channel) => {
    const corners = Array.from({ length: looked }, (_, i) => images[i * length + channel] as number);
    return corners.sort((a, b) => a - b)[Math.floor(looked / 2)] as number;
  });
}

/** The image with some of its pixels in a colour. */
export function painted(
  image: Float32Array,
  pixels: readonly number[],
  values: readonly number[],
): Float32Array {
  const next = image.slice();
  for (const pixel of pixels) next.set(values, pixel * values.length);
  return next;
}

/** An image of one colour. */
export function blankImage(size: number, values: readonly number[]): Float32Array {
  const pixels = Array.from({ length: size * size }, (_, pixel) => pixel);
  return painted(new Float32Array(size * size * values.length), pixels, values);
}
