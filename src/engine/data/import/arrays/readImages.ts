import type { LevelScale } from '../levels';
import type { Bitmap } from '../pixels';
import type { Layout as FullLayout } from './layouts';
import { type NumberArray, numberChunks, readNumbers } from './numberArray';

type Layout = Omit<FullLayout, 'title' | 'score'>;

/** Values that are read at a time, about. */
const AT_A_TIME = 2 ** 20;

/**
 * Images of an array by their indices, which ascend: each value becomes a level by the scale.
 * Images that lie one after another are read a few at a time; others are gathered in one pass over the whole array.
 */
export async function* readImages(
  array: NumberArray,
  layout: Layout,
  indices: ArrayLike<number>,
  scale: LevelScale,
): AsyncGenerator<Bitmap> {
  const { width, height, channels } = layout;
  const { factor, offset } = scale;
  const length = width * height * channels;
  const bitmap = (pixels: Bitmap['pixels']): Bitmap => ({ width, height, channels, pixels });
  if (layout.outer > 1) {
    const all = await gathered(array, layout, indices, scale);
    for (let i = 0; i < indices.length; i++) yield bitmap(all.subarray(i * length, (i + 1) * length));
    return;
  }
  const most = Math.max(1, Math.floor(AT_A_TIME / length));
  for (let next = 0; next < indices.length; ) {
    const first = indices[next] as number;
    let end = next + 1;
    while (end < indices.length && (indices[end] as number) - first < most) end++;
    const last = indices[end - 1] as number;
    const values = await readNumbers(array, first * length, (last + 1) * length);
    const asTheyAre = values instanceof Uint8Array && factor === 1 && offset === 0 && !layout.places;
    const isWhole = last - first === end - 1 - next;
    for (; next < end; next++) {
      const at = ((indices[next] as number) - first) * length;
      if (asTheyAre) {
        const pixels = values.subarray(at, at + length);
        // What is kept of a chunk keeps all of it alive.
        yield bitmap(isWhole ? pixels : pixels.slice());
        continue;
      }
      const pixels = new Uint8ClampedArray(length);
      const { places } = layout;
      if (places)
        for (let i = 0; i < length; i++)
          pixels[places[i] as number] = (values[at + i] as number) * factor + offset;
      else for (let i = 0; i < length; i++) pixels[i] = (values[at + i] as number) * factor + offset;
      yield bitmap(pixels);
    }
  }
}

/** The images of an array whose image axis is not the slowest, one after another. */
async function gathered(
  array: NumberArray,
  { count, outer, inner, places, width, height, channels }: Layout,
  indices: ArrayLike<number>,
  scale: LevelScale,
): Promise<Uint8ClampedArray> {
  const { factor, offset } = scale;
  const length = width * height * channels;
  const pixels = new Uint8ClampedArray(indices.length * length);
  const starts = new Float64Array(count).fill(-1);
  for (let i = 0; i < indices.length; i++) starts[indices[i] as number] = i * length;
  let [before, image, after] = [0, 0, 0];
  for await (const values of numberChunks(array)) {
    for (let i = 0; i < values.length; i++) {
      const start = starts[image] as number;
      if (start >= 0) {
        const place = before * inner + after;
        pixels[start + (places ? (places[place] as number) : place)] =
          (values[i] as number) * factor + offset;
      }
      if (++after < inner) continue;
      after = 0;
      if (++image < count) continue;
      image = 0;
      before++;
    }
  }
  if (before !== outer) throw new Error('The layout does not fit its array.');
  return pixels;
}
