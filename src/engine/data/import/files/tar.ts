import { ImportError, limits } from '../pixels';
import { type ByteSource, partOf, readAhead, type SourceFile } from './byteSource';

const BLOCK = 512;

/** Whether a block is the header of a tar archive: its checksum counts itself as spaces. */
export function isTarHeader(block: Uint8Array): boolean {
  if (block.length < BLOCK || block[0] === 0) return false;
  const told = octal(block, 148, 8);
  let sum = 8 * 0x20;
  for (let at = 0; at < BLOCK; at++) if (at < 148 || at >= 156) sum += block[at] as number;
  return told === sum;
}

/** The files of a tar archive (POSIX or GNU), whose names begin with that of the archive. Throws ImportError. */
export async function tarMembers(archive: SourceFile): Promise<SourceFile[]> {
  const source = readAhead(archive);
  const members: SourceFile[] = [];
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= archive.size; ) {
    const header = await source.read(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) break;
    if (!isTarHeader(header)) throw new ImportError(`${archive.name} is damaged at byte ${at}.`);
    const size = octal(header, 124, 12);
    const type = String.fromCharCode(header[156] as number);
    const data = at + BLOCK;
    if (!(size >= 0) || data + size > archive.size)
      throw new ImportError(`${archive.name} is cut off: it ends within ${nameOf(header)}.`);
    if (type === 'L') longName = text(await source.read(data, data + Math.min(size, 4096)));
    else if (type === 'x') longName = await paxName(source, data, Math.min(size, 2 ** 16));
    else {
      if (type === '0' || type === '\0' || type === '7')
        members.push({
          name: `${archive.name}/${(longName ?? nameOf(header)).replace(/^\.\//, '')}`,
          ...partOf(archive, data, size),
        });
      longName = undefined;
    }
    if (members.length > limits.files)
      throw new ImportError(`${archive.name} holds more than ${limits.files.toLocaleString('en')} files.`);
    at = data + Math.ceil(size / BLOCK) * BLOCK;
  }
  return members;
}

function nameOf(header: Uint8Array): string {
  const name = text(header.subarray(0, 100));
  const isPosix = text(header.subarray(257, 262)) === 'ustar';
  const prefix = isPosix ? text(header.subarray(345, 500)) : '';
  // GNU's tar keeps times where POSIX has the prefix.
  return prefix !== '' && header[263] !== 0x20 ? `${prefix}/${name}` : name;
}

/** The path of a pax header: lines of "LENGTH KEY=VALUE". */
async function paxName(source: ByteSource, from: number, size: number): Promise<string | undefined> {
  const lines = new TextDecoder().decode(await source.read(from, from + size));
  return /(?:^|\n)\d+ path=([^\n]*)/.exec(lines)?.[1];
}

function text(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}

function octal(bytes: Uint8Array, from: number, length: number): number {
  // A large size is binary, marked by the highest bit.
  if ((bytes[from] as number) & 0x80) {
    let value = 0;
    for (let i = from + 1; i < from + length; i++) value = value * 256 + (bytes[i] as number);
    return value;
  }
  const digits = text(bytes.subarray(from, from + length)).trim();
  return digits === '' ? 0 : Number.parseInt(digits, 8);
}
