import { idxHeader } from './idxHeader';
import { isTarHeader } from './tar';

export type Kind = 'zip' | 'gzip' | 'tar' | 'npy' | 'idx' | 'parquet' | 'image' | 'svg' | 'unknown';

const starts: readonly [start: string, at: number, kind: Kind | string][] = [
  ['PK\x03\x04', 0, 'zip'],
  ['PK\x05\x06', 0, 'zip'],
  ['\x1f\x8b', 0, 'gzip'],
  ['\x93NUMPY', 0, 'npy'],
  ['PAR1', 0, 'parquet'],
  ['\x89PNG', 0, 'image'],
  ['\xff\xd8\xff', 0, 'image'],
  ['GIF8', 0, 'image'],
  ['WEBP', 8, 'image'],
  ['ftypavi', 4, 'image'],
];

/** Kinds that are known and not read, each with what to do. */
const strangers: readonly [start: string, at: number, reason: string][] = [
  ['\x89HDF', 0, 'is an HDF5 file, which is not read: save its arrays as .npz'],
  ['MATLAB', 0, 'is a MATLAB file, which is not read: save its arrays as .npz'],
  ['BZh', 0, 'is packed by bzip2, which is not read: unpack it first'],
  ['\xfd7zXZ', 0, 'is packed by xz, which is not read: unpack it first'],
  ['7z\xbc\xaf', 0, 'is a 7-Zip archive, which is not read: unpack it first'],
  ['Rar!', 0, 'is a RAR archive, which is not read: unpack it first'],
  ['\x28\xb5\x2f\xfd', 0, 'is packed by zstd, which is not read: unpack it first'],
  ['%PDF', 0, 'is a PDF document, which is not read: export its images as PNG'],
  ['II*\0', 0, 'is a TIFF image, which is not read: save it as PNG'],
  ['MM\0*', 0, 'is a TIFF image, which is not read: save it as PNG'],
  ['ftyphei', 4, 'is a HEIC image, which is not read: save it as JPEG or PNG'],
  ['ftypmif', 4, 'is a HEIF image, which is not read: save it as JPEG or PNG'],
  // torch.save's old form begins with a pickled magic number.
  ['\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19', 0, 'is a PyTorch file: a model, not images'],
  ['\x80\x02', 0, 'is a Python pickle, which is not read: save its arrays as .npz'],
  ['\x80\x03', 0, 'is a Python pickle, which is not read: save its arrays as .npz'],
  ['\x80\x04\x95', 0, 'is a Python pickle, which is not read: save its arrays as .npz'],
  ['\x80\x05\x95', 0, 'is a Python pickle, which is not read: save its arrays as .npz'],
];

/** How many bytes of a file kindOf must have. */
export const HEAD = 1024;

/** The kind of a file by its first bytes and its size; names tell nothing here. */
export function kindOf(head: Uint8Array, size: number): Kind {
  const text = latin1(head);
  const known = starts.find(([start, at]) => text.startsWith(start, at))?.[2];
  if (known !== undefined) return known as Kind;
  if (isBmp(head)) return 'image';
  if (idxHeader(head, size)?.damage === null) return 'idx';
  if (isTarHeader(head.subarray(0, 512))) return 'tar';
  return /<svg[\s>/]/i.test(text) && /^[\s\ufeff]*(ï»¿)?</.test(text) ? 'svg' : 'unknown';
}

/** Why a file of a known kind is not read; null where its kind is not known. */
export function strangenessOf(head: Uint8Array): string | null {
  const text = latin1(head);
  return strangers.find(([start, at]) => text.startsWith(start, at))?.[2] ?? null;
}

/** Whether a file is text: a table, or notes. */
export function isText(head: Uint8Array): boolean {
  const utf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  return head.length > 0 && (utf16 || !head.some((byte) => byte < 9 || (byte > 13 && byte < 32)));
}

function isBmp(head: Uint8Array): boolean {
  if (head[0] !== 0x42 || head[1] !== 0x4d || head.length < 26) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return [12, 40, 52, 56, 64, 108, 124].includes(view.getUint32(14, true));
}

/** A character a byte, as a TextDecoder of a browser has for none. */
function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, HEAD));
}
