import type { Layout } from './layouts';
import { type NumberArray, readNumbers } from './numberArray';

/** Values that a evaluation of two layouts looks at, at most. */
const LOOKED_AT = 2 ** 18;
/** The other layout must be as much smoother to be believed before the likelier one. */
const CLEARLY = 0.75;

/**
 * The layout whose images are smoothest, where several have the same likelihood by the shape: neighbours in an image resemble
 * each other, values that only lie side by side in the file do not. The first one where none is clearly smoother.
 */
export async function smoothestLayout(array: NumberArray, layouts: readonly Layout[]): Promise<number> {
  const close = layouts.filter(({ score }) => score > (layouts[0] as Layout).score - 2.5 && score > 0);
  if (array.fortran || close.length < 2 || close.some(({ outer }) => outer > 1)) return 0;
  const length = Math.min(...close.map(({ width, height, channels }) => width * height * channels));
  const longest = Math.max(...close.map(({ width, height, channels }) => width * height * channels));
  const whole = close.reduce((sum, { count }) => Math.max(sum, count), 0) * length;
  const looked = Math.min(whole, Math.max(longest, LOOKED_AT - (LOOKED_AT % length)));
  if (looked > 16 * LOOKED_AT) return 0;
  const values = await readNumbers(array, 0, looked);
  const roughness = close.map((layout) => roughnessOf(values, layout));
  const best = roughness.indexOf(Math.min(...roughness));
  const isClear = (roughness[best] as number) < CLEARLY * (roughness[0] as number);
  return isClear ? layouts.indexOf(close[best] as Layout) : 0;
}

/** The mean difference between values of the same channel one above the other, and side by side. */
function roughnessOf(values: ArrayLike<number>, { width, height, channels, places }: Layout): number {
  const length = width * height * channels;
  const image = new Float64Array(length);
  let [sum, pairs] = [0, 0];
  for (let start = 0; start + length <= values.length; start += length) {
    for (let i = 0; i < length; i++) image[places ? (places[i] as number) : i] = values[start + i] as number;
    for (let y = 0; y + 1 < height; y++)
      for (let x = 0; x + 1 < width; x++)
        for (let channel = 0; channel < channels; channel++) {
          const at = (y * width + x) * channels + channel;
          const value = image[at] as number;
          sum += Math.abs(value - (image[at + channels] as number));
          sum += Math.abs(value - (image[at + width * channels] as number));
          pairs += 2;
        }
  }
  return pairs === 0 ? Number.POSITIVE_INFINITY : sum / pairs;
}
