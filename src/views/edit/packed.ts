import { deflateSync, inflateSync } from 'fflate';
import { fromBase64url, toBase64url } from '../../engine/base64url';
import { imageBytes } from '../../engine/data/imageBytes';

/** An image in [−1, 1], a byte a value, deflated, as an address may hold it. */
export function packImage(image: Float32Array): string {
  return toBase64url(deflateSync(new Uint8Array(imageBytes(image).buffer), { level: 9 }));
}

/** The image of so many values; null for a text that holds no such image. */
export function unpackImage(text: string, length: number): Float32Array | null {
  try {
    // One byte more shows what is too long, and nothing is inflated beyond it.
    const bytes = inflateSync(fromBase64url(text), { out: new Uint8Array(length + 1) });
    return bytes.length === length ? Float32Array.from(bytes, (byte) => byte / 127.5 - 1) : null;
  } catch {
    return null;
  }
}

/** A hole, one value a pixel, eight pixels a byte. */
export function packHole(hole: Uint8Array): string {
  const bytes = new Uint8Array(Math.ceil(hole.length / 8));
  for (const [pixel, inHole] of hole.entries())
    if (inHole) bytes[pixel >> 3] = (bytes[pixel >> 3] as number) | (1 << (pixel & 7));
  return toBase64url(bytes);
}

/** The hole of so many pixels; null for a text that holds no such hole. */
export function unpackHole(text: string, length: number): Uint8Array | null {
  try {
    const bytes = fromBase64url(text);
    if (bytes.length !== Math.ceil(length / 8)) return null;
    return Uint8Array.from({ length }, (_, pixel) => ((bytes[pixel >> 3] as number) >> (pixel & 7)) & 1);
  } catch {
    return null;
  }
}
