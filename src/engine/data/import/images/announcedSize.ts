/** Width and height in pixels. */
export type Size = readonly [width: number, height: number];

const text = (bytes: Uint8Array, from: number, to: number) =>
  String.fromCharCode(...bytes.subarray(from, to));

/**
 * The size that an image file tells in its header, before anything of it is decoded: a file of some kilobytes can hold a
 * image of gigabytes. Null for a format that is not known, or a header that is cut off.
 */
export function announcedSize(bytes: Uint8Array): Size | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (text(bytes, 1, 4) === 'PNG') return [view.getUint32(16), view.getUint32(20)];
    if (text(bytes, 0, 3) === 'GIF') return [view.getUint16(6, true), view.getUint16(8, true)];
    if (text(bytes, 0, 2) === 'BM')
      return [Math.abs(view.getInt32(18, true)), Math.abs(view.getInt32(22, true))];
    if (text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WEBP') return webpSize(bytes, view);
    if (text(bytes, 4, 8) === 'ftyp') return avifSize(bytes, view);
    if (view.getUint16(0) === 0xffd8) return jpegSize(view);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return null;
}

/** From the first frame header (SOF0 … SOF15 without DHT, JPG and DAC), segment by segment. */
function jpegSize(view: DataView): Size {
  let at = 2;
  for (;;) {
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return [view.getUint16(at + 7), view.getUint16(at + 5)];
    // A marker may be padded with bytes of 0xff.
    at += marker === 0xff ? 1 : 2 + Math.max(2, view.getUint16(at + 2));
  }
}

/** From the extended, the lossless or the lossy form. */
function webpSize(bytes: Uint8Array, view: DataView): Size {
  const form = text(bytes, 12, 16);
  const three = (at: number) => view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
  if (form === 'VP8X') return [1 + three(24), 1 + three(27)];
  if (form === 'VP8L') {
    const bits = view.getUint32(21, true);
    return [1 + (bits & 0x3fff), 1 + ((bits >> 14) & 0x3fff)];
  }
  return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
}

/** From the largest `ispe` box: the first may belong to a thumbnail. */
function avifSize(bytes: Uint8Array, view: DataView): Size | null {
  let largest: Size | null = null;
  const end = Math.min(bytes.length, 2 ** 16) - 16;
  for (let at = 8; at < end; at++) {
    if (view.getUint32(at) !== 0x69737065) continue;
    const size: Size = [view.getUint32(at + 8), view.getUint32(at + 12)];
    if (!largest || size[0] * size[1] > largest[0] * largest[1]) largest = size;
  }
  return largest;
}
