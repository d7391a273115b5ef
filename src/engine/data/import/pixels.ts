/** Thrown for files that cannot become images; the message names the file, what is wrong and what to do. */
export class ImportError extends Error {
  override name = 'ImportError';
}

/** One image in bytes, row after row, `channels` values a pixel: 1 grey, 3 RGB, 4 RGBA. */
export interface Bitmap {
  width: number;
  height: number;
  channels: 1 | 3 | 4;
  pixels: Uint8Array | Uint8ClampedArray;
}

/** What a file holds, before it is brought to one size. */
export interface ImportedImage {
  bitmap: Bitmap;
  /** Name of its class; null where the files tell none. */
  className: string | null;
}

/** A file, or a part of one, that gave no image, and why: a phrase without the name. */
export interface LeftOut {
  name: string;
  reason: string;
}

/** Bounds of what is read: more would not be trained on one machine. */
export const limits = {
  /** Images that are kept. */
  images: 70_000,
  /** Files, those in archives included. */
  files: 300_000,
  /** Pixels a side of one image. */
  side: 8192,
  /** Bytes that are fetched, or read as a whole. */
  bytes: 512 * 2 ** 20,
  /** Bytes that one archive or array unpacks to. */
  unpacked: 2 * 2 ** 30,
  /** Values (pixels times channels) of a built data set. */
  values: 64 * 2 ** 20,
} as const;

export function tooMuch(name: string): ImportError {
  return new ImportError(`${name} unpacks to more than ${limits.unpacked / 2 ** 30} GB: take fewer images.`);
}

/** Throws ImportError for an image beyond the limits. */
export function checkSides(name: string, width: number, height: number): void {
  if (width < 1 || height < 1) throw new ImportError(`${name} has an image of ${width}×${height} pixels.`);
  if (width > limits.side || height > limits.side) {
    throw new ImportError(
      `${name} is ${width}×${height} pixels, more than ${limits.side} a side: make it smaller first.`,
    );
  }
}

/** What a reading gives; where it throws ImportError, undefined, and the file is left out with that reason. */
export async function orLeftOut<T>(
  name: string,
  leftOut: LeftOut[],
  read: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    leftOut.push(leftOutBy(error, name));
    return undefined;
  }
}

/** Why a file was left out, of an ImportError; anything else is thrown. */
export function leftOutBy(error: unknown, name: string): LeftOut {
  if (!(error instanceof ImportError)) throw error;
  const { message } = error;
  return {
    name,
    reason: message.startsWith(name) ? message.slice(name.length).trim().replace(/\.$/, '') : message,
  };
}

/** A sentence for what was left out. */
export function sentenceOf({ name, reason }: LeftOut): string {
  return `${name}${/^[,:]/.test(reason) || name === '' ? '' : ' '}${reason.replace(/\.$/, '')}.`;
}
