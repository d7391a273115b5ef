/** Colours of values from −1 to 1: RGB of 255 steps, the middle one being 0. */
export type ColourTable = Uint8ClampedArray;

const STEPS = 255;

/** A table between three colours "#rrggbb": those of −1, 0 and 1. */
export function divergingTable(negative: string, zero: string, positive: string): ColourTable {
  const [least, middle, most] = [negative, zero, positive].map(channelsOf) as [number[], number[], number[]];
  const table = new Uint8ClampedArray(3 * STEPS);
  const half = (STEPS - 1) / 2;
  for (let step = 0; step < STEPS; step++) {
    const share = (step - half) / half;
    const end = share < 0 ? least : most;
    for (let i = 0; i < 3; i++)
      table[3 * step + i] =
        (middle[i] as number) + Math.abs(share) * ((end[i] as number) - (middle[i] as number));
  }
  return table;
}

/** Where in the table the colour of a value is; `scale` is the magnitude that the ends stand for. */
export function colourAt(value: number, scale: number): number {
  const share = scale > 0 ? Math.max(-1, Math.min(1, value / scale)) : 0;
  return 3 * Math.round(((share + 1) * (STEPS - 1)) / 2);
}

/** RGB of every value. */
export function coloured(values: Float32Array, scale: number, table: ColourTable): Uint8ClampedArray {
  const rgb = new Uint8ClampedArray(3 * values.length);
  for (let i = 0; i < values.length; i++) {
    const at = colourAt(values[i] as number, scale);
    for (let k = 0; k < 3; k++) rgb[3 * i + k] = table[at + k] as number;
  }
  return rgb;
}

/**
 * The magnitude that the strongest colours stand for: the largest, but no more than four times the root mean square, so
 * that a few values far out do not leave all others pale.
 */
export function colourScale(values: ArrayLike<number>): number {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] as number) ** 2;
  return Math.min(largestMagnitude(values), 4 * Math.sqrt(squares / Math.max(1, values.length)));
}

/** The largest magnitude of values: 0 for none. */
export function largestMagnitude(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i] as number));
  return largest;
}

function channelsOf(colour: string): number[] {
  const hex = Number.parseInt(colour.trim().slice(1), 16);
  return [hex >> 16, (hex >> 8) & 255, hex & 255];
}
