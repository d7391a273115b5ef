/** A hole over the lower half. */
export function lowerHalf(size: number): Uint8Array {
  return Uint8Array.from({ length: size * size }, (_, pixel) =>
    pixel >= size * Math.ceil(size / 2) ? 1 : 0,
  );
}

/** The hole with some pixels put in, or taken out. */
export function withPixels(hole: Uint8Array, pixels: readonly number[], inHole: boolean): Uint8Array {
  const next = hole.slice();
  for (const pixel of pixels) next[pixel] = inHole ? 1 : 0;
  return next;
}

/** What was kept is drawn anew, and what was drawn anew is kept. */
export function inverted(hole: Uint8Array): Uint8Array {
  return hole.map((inHole) => 1 - inHole);
}
