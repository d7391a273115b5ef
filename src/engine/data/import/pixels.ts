/** Thrown for files that cannot become pictures; the message names the file, what is wrong and what to do. */
export class ImportError extends Error {
  override name = 'ImportError';
}

/** One picture in bytes, row after row, `channels` values a pixel: 1 grey, 3 RGB, 4 RGBA. */
export interface Bitmap {
  width: number;
  height: number;
  channels: 1 | 3 | 4;
  pixels: Uint8Array | Uint8ClampedArray;
}

/** What a file holds, before it is brought to one size. */
export interface ImportedPicture {
  bitmap: Bitmap;
  /** Name of its class; null where the file tells none. */
  className: string | null;
}

/** Bounds of what is read: more would not be trained in a browser. */
export const limits = { pictures: 70_000, side: 8192, bytes: 512 * 2 ** 20, values: 48 * 2 ** 20 } as const;

/** Throws ImportError for a picture beyond the limits. */
export function checkSides(name: string, width: number, height: number): void {
  if (width < 1 || height < 1) throw new ImportError(`${name} has a picture of ${width}×${height} pixels.`);
  if (width > limits.side || height > limits.side) {
    throw new ImportError(
      `${name} is ${width}×${height} pixels, more than ${limits.side} a side: make it smaller first.`,
    );
  }
}
