import type { Bitmap } from '../src/engine/data/import/pixels';
import { checkSides } from '../src/engine/data/import/pixels';

const CORE = 12;
const BIT_FIELDS = [3, 6];
const RLE8 = 1;
const RLE4 = 2;

interface Header {
  width: number;
  height: number;
  isTopDown: boolean;
  bits: number;
  compression: number;
  palette: Uint8Array;
  /** Red, green, blue and alpha of 16 and 32 bits; 0 where there is none. */
  masks: number[];
  /** Where the pixels begin. */
  start: number;
}

/**
 * Decodes a BMP of 1, 4, 8, 16, 24 or 32 bits, of OS/2 or Windows, with bit fields or run lengths. Throws RangeError where it is
 * cut off, Error where it is of no known kind.
 */
export function decodeBmp(bytes: Uint8Array, name: string): Bitmap {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = headerOf(view);
  const { width, height, isTopDown, bits, compression } = header;
  checkSides(name, width, height);
  const pixels = new Uint8Array(4 * width * height);
  const indices = compression === RLE8 || compression === RLE4 ? runLengths(view, header) : null;
  const stride = Math.ceil((width * bits) / 32) * 4;
  for (let row = 0; row < height; row++) {
    const y = isTopDown ? row : height - 1 - row;
    for (let x = 0; x < width; x++) {
      const place = 4 * (y * width + x);
      if (indices) setIndexed(pixels, place, header.palette, indices[row * width + x] as number);
      else setPixel(pixels, place, view, header, header.start + row * stride, x);
    }
  }
  return { width, height, channels: 4, pixels };
}

function headerOf(view: DataView): Header {
  const start = view.getUint32(10, true);
  const size = view.getUint32(14, true);
  const isCore = size === CORE;
  const number = (at: number) => view.getUint32(at, true);
  const height = isCore ? view.getUint16(20, true) : view.getInt32(22, true);
  const bits = view.getUint16(isCore ? 24 : 28, true);
  const compression = isCore ? 0 : number(30);
  if (![1, 4, 8, 16, 24, 32].includes(bits)) throw new Error(`${bits} bits a pixel are not known.`);
  const known = [0, ...BIT_FIELDS, ...(bits === 8 ? [RLE8] : []), ...(bits === 4 ? [RLE4] : [])];
  if (!known.includes(compression)) throw new Error(`Compression ${compression} is not known.`);
  const hasFields = BIT_FIELDS.includes(compression);
  const alphaMask = size >= 56 || compression === 6 ? number(66) : 0;
  const masks = hasFields
    ? [number(54), number(58), number(62), alphaMask]
    : bits === 16
      ? [0x7c00, 0x3e0, 0x1f, 0]
      : [0xff0000, 0xff00, 0xff, size >= 56 ? alphaMask : 0];
  const entries = bits > 8 ? 0 : (isCore ? 0 : number(46)) || 2 ** bits;
  const paletteStart = 14 + size;
  const entry = isCore ? 3 : 4;
  const palette = new Uint8Array(3 * 256);
  for (let i = 0; i < Math.min(256, entries) && paletteStart + entry * (i + 1) <= start; i++)
    for (let channel = 0; channel < 3; channel++)
      palette[3 * i + channel] = view.getUint8(paletteStart + entry * i + 2 - channel);
  return {
    ...{ width: isCore ? view.getUint16(18, true) : view.getInt32(18, true), height: Math.abs(height) },
    ...{ isTopDown: height < 0, bits, compression, palette, masks, start },
  };
}

function setPixel(
  pixels: Uint8Array,
  place: number,
  view: DataView,
  { bits, palette, masks }: Header,
  row: number,
  x: number,
): void {
  if (bits <= 8) {
    const byte = view.getUint8(row + ((x * bits) >> 3));
    const shift = 8 - bits - ((x * bits) & 7);
    setIndexed(pixels, place, palette, (byte >> shift) & (2 ** bits - 1));
  } else if (bits === 24) {
    for (let channel = 0; channel < 3; channel++)
      pixels[place + channel] = view.getUint8(row + 3 * x + 2 - channel);
    pixels[place + 3] = 255;
  } else {
    const value = bits === 16 ? view.getUint16(row + 2 * x, true) : view.getUint32(row + 4 * x, true);
    masks.forEach((mask, channel) => {
      pixels[place + channel] = mask === 0 ? 255 : levelOf(value, mask);
    });
  }
}

/** The bits of a mask as a level: all set are 255. */
function levelOf(value: number, mask: number): number {
  const unit = mask & -mask;
  const highest = (mask >>> 0) / (unit >>> 0);
  return Math.round((255 * Math.floor(((value & mask) >>> 0) / (unit >>> 0))) / highest);
}

function setIndexed(pixels: Uint8Array, place: number, palette: Uint8Array, index: number): void {
  pixels.set(palette.subarray(3 * index, 3 * index + 3), place);
  pixels[place + 3] = 255;
}

/** The index of each pixel, row by row as they are stored: a count and what is repeated, or 0 and a command. */
function runLengths(view: DataView, { width, height, bits, start }: Header): Uint8Array {
  const indices = new Uint8Array(width * height);
  const perByte = 8 / bits;
  const part = (byte: number, i: number) => (bits === 8 ? byte : i % 2 ? byte & 15 : byte >> 4);
  let [x, row] = [0, 0];
  const put = (index: number) => {
    if (x < width && row < height) indices[row * width + x] = index;
    x++;
  };
  for (let at = start; row < height; ) {
    const [count, value] = [view.getUint8(at), view.getUint8(at + 1)];
    at += 2;
    if (count > 0) for (let i = 0; i < count; i++) put(part(value, i));
    else if (value === 0) [x, row] = [0, row + 1];
    else if (value === 1) break;
    else if (value === 2) {
      x += view.getUint8(at);
      row += view.getUint8(at + 1);
      at += 2;
    } else {
      for (let i = 0; i < value; i++) put(part(view.getUint8(at + Math.floor(i / perByte)), i));
      at += 2 * Math.ceil(value / perByte / 2);
    }
  }
  return indices;
}
