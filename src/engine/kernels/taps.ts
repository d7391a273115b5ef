/** One place of a kernel: its index (its rows in the layer's matrix), and where it reads relative to step·q. */
export interface Tap {
  index: number;
  y: number;
  x: number;
}

/** Places of the output that share their taps: outStep·q + (y, x). */
export interface Phase {
  y: number;
  x: number;
  taps: Tap[];
}

/** A layer whose kernel is size × size, and how its pixels lie. */
export interface Geometry {
  size: number;
  stride: number;
  margin: number;
}

/** Taps of a convolution: output q reads input stride·q + tap − margin. */
export function convolutionTaps({ size, margin }: Geometry): Tap[] {
  return Array.from({ length: size * size }, (_, index) => ({
    index,
    y: Math.floor(index / size) - margin,
    x: (index % size) - margin,
  }));
}

/**
 * Phases of the transposed convolution (the input gradient of a convolution): place i = stride·o + tap − margin takes
 * from o, so only taps with i + margin − tap divisible by the stride count.
 */
export function transposedPhases({ size, stride, margin }: Geometry): Phase[] {
  return Array.from({ length: stride * stride }, (_, index) => {
    const y = Math.floor(index / stride);
    const x = index % stride;
    const taps: Tap[] = [];
    for (let tap = 0; tap < size * size; tap++) {
      const row = y + margin - Math.floor(tap / size);
      const column = x + margin - (tap % size);
      if (row % stride === 0 && column % stride === 0) {
        taps.push({ index: tap, y: row / stride, x: column / stride });
      }
    }
    return { y, x, taps };
  });
}
