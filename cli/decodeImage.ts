import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { DecodeImage } from '../src/engine/data/import/images/imageFile';
import { type Bitmap, ImportError } from '../src/engine/data/import/pixels';
import { decodeBmp } from './decodeBmp';

const rgba = (width: number, height: number, pixels: Uint8Array | Uint8ClampedArray): Bitmap => ({
  width,
  height,
  channels: 4,
  pixels,
});

/** Decodes PNG, JPEG, WebP, GIF (its first frame) and BMP in Node, as a browser does. */
export const decodeImage: DecodeImage = async (name, bytes) => {
  const starts = (text: string, at = 0) =>
    [...text].every((letter, i) => bytes[at + i] === letter.charCodeAt(0));
  if (starts('\x89PNG')) return png(bytes);
  if (starts('\xff\xd8')) return jpeg(bytes);
  if (starts('WEBP', 8)) return webp(bytes);
  if (starts('GIF8')) return gif(bytes);
  if (starts('BM')) return decodeBmp(bytes, name);
  if (starts('ftypavi', 4))
    throw new ImportError(`${name} is an AVIF image, which only the page reads: save it as PNG or WebP.`);
  throw new ImportError(`${name} is no image that can be read here.`);
};

async function png(bytes: Uint8Array): Promise<Bitmap> {
  const { PNG } = await import('pngjs');
  const { width, height, data } = PNG.sync.read(bufferOf(bytes));
  return rgba(width, height, data);
}

async function jpeg(bytes: Uint8Array): Promise<Bitmap> {
  if (componentsOf(bytes) === 4) return inkJpeg(bytes);
  const { default: decode } = await jpegDecoder();
  const { width, height, data } = await decode(ownBuffer(bytes), { preserveOrientation: true });
  return rgba(width, height, data);
}

/** CMYK, which the fast decoder does not know; such files come from print and are not turned. */
async function inkJpeg(bytes: Uint8Array): Promise<Bitmap> {
  const { default: decoder } = await import('jpeg-js');
  const { width, height, data } = decoder.decode(bytes, { useTArray: true, maxMemoryUsageInMB: 1024 });
  return rgba(width, height, data);
}

/** How many components a JPEG has, by the header of its frame. */
function componentsOf(bytes: Uint8Array): number {
  for (let at = 2; at + 9 < bytes.length; ) {
    const marker = bytes[at + 1] as number;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return bytes[at + 9] as number;
    at += marker === 0xff ? 1 : 2 + (((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number));
  }
  return 3;
}

async function webp(bytes: Uint8Array): Promise<Bitmap> {
  const { default: decode } = await webpDecoder();
  const { width, height, data } = await decode(ownBuffer(bytes));
  return rgba(width, height, data);
}

async function gif(bytes: Uint8Array): Promise<Bitmap> {
  const { GifReader } = await import('omggif');
  const reader = new GifReader(bufferOf(bytes));
  const pixels = new Uint8Array(4 * reader.width * reader.height);
  reader.decodeAndBlitFrameRGBA(0, pixels);
  return rgba(reader.width, reader.height, pixels);
}

/** The decoders are WebAssembly, which they would fetch; here they are read from the disk, once. */
const jpegDecoder = once(async () => {
  const decoder = await import('@jsquash/jpeg/decode.js');
  await (decoder.init as StartDecoder)(await moduleOf('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'), quiet);
  return decoder;
});
const webpDecoder = once(async () => {
  const decoder = await import('@jsquash/webp/decode.js');
  await (decoder.init as StartDecoder)(await moduleOf('@jsquash/webp/codec/dec/webp_dec.wasm'), quiet);
  return decoder;
});

/** Their types lack the second argument. */
type StartDecoder = (module: WebAssembly.Module, options: object) => Promise<void>;

/** What the decoders say of damaged files goes into our own message. */
const quiet = { print: () => {}, printErr: () => {} };

async function moduleOf(path: string): Promise<WebAssembly.Module> {
  // They give their pixels as the browser's ImageData.
  globalThis.ImageData ??= PlainImageData as unknown as typeof ImageData;
  return WebAssembly.compile(await readFile(createRequire(import.meta.url).resolve(path)));
}

class PlainImageData {
  constructor(
    readonly data: Uint8ClampedArray,
    readonly width: number,
    readonly height: number,
  ) {}
}

function once<T>(start: () => Promise<T>): () => Promise<T> {
  let started: Promise<T> | undefined;
  return () => (started ??= start());
}

const bufferOf = ({ buffer, byteOffset, length }: Uint8Array) =>
  Buffer.from(buffer as ArrayBuffer, byteOffset, length);

const ownBuffer = (bytes: Uint8Array) => bytes.slice().buffer as ArrayBuffer;
