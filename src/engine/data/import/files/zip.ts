import { inflateSync } from 'fflate';
import { ImportError, limits, tooMuch } from '../pixels';
import { type ByteSource, partOf, readAhead, type SourceFile, type Spool } from './byteSource';
import { inflate } from './inflate';

/** DEFLATE makes at most 258 bytes of two bits. */
const LARGEST_RATIO = 1032;
/** A larger member is unpacked once and kept outside of memory. */
const SMALL = 4 * 2 ** 20;
const END_OF_DIRECTORY = 0x06054b50;
const ENTRY = 0x02014b50;
/** Stands for a value that the ZIP64 field holds. */
const ELSEWHERE = 0xffffffff;

interface Entry {
  name: string;
  method: number;
  encrypted: boolean;
  packed: number;
  size: number;
  header: number;
}

/**
 * The members of a zip archive, whose names begin with that of the archive. Only the directory is read here; a member is
 * unpacked when it is read. Throws ImportError where the directory is damaged, or announces more than can be.
 */
export async function zipMembers(archive: SourceFile, newSpool: () => Spool): Promise<SourceFile[]> {
  const entries = await directoryOf(archive);
  const headers = readAhead(archive, 2 ** 16);
  let kept: { entry: Entry; bytes: Uint8Array } | undefined;
  return entries.map((entry) => {
    const name = `${archive.name}/${entry.name}`;
    let large: Promise<ByteSource> | undefined;
    const packed = async () => partOf(archive, await dataOf(headers, entry, name), entry.packed);
    const read = async (from: number, to: number): Promise<Uint8Array> => {
      if (entry.encrypted) throw new ImportError(`${name} is encrypted.`);
      if (entry.method === 0) return (await packed()).read(from, to);
      if (entry.method !== 8)
        throw new ImportError(`${name} is compressed by method ${entry.method}, which cannot be read.`);
      if (entry.size > SMALL) {
        large ??= packed().then((source) => inflate(name, source, newSpool()));
        return (await large).read(from, to);
      }
      if (kept?.entry !== entry) kept = { entry, bytes: await unpacked(await packed(), entry, name) };
      return kept.bytes.subarray(from, to);
    };
    return { name, size: entry.size, read };
  });
}

async function unpacked(source: ByteSource, { size }: Entry, name: string): Promise<Uint8Array> {
  const bytes = await source.read(0, source.size);
  try {
    const out = inflateSync(bytes, { out: new Uint8Array(size) });
    if (out.length === size) return out;
  } catch {
    // Told below.
  }
  throw new ImportError(`${name} is damaged.`);
}

/** Where the data of an entry begins: its local header has names and fields of its own. */
async function dataOf(archive: ByteSource, { header }: Entry, name: string): Promise<number> {
  const bytes = await archive.read(header, header + 30);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 30 || view.getUint32(0, true) !== 0x04034b50)
    throw new ImportError(`${name} is damaged: the archive has no file where it says.`);
  return header + 30 + view.getUint16(26, true) + view.getUint16(28, true);
}

async function directoryOf(archive: SourceFile): Promise<Entry[]> {
  const damaged = () => new ImportError(`${archive.name} is no zip archive, or damaged.`);
  const { start, size } = await findDirectory(archive).catch(() => {
    throw damaged();
  });
  if (start + size > archive.size) throw damaged();
  const bytes = await archive.read(start, start + size);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: Entry[] = [];
  let [total, packedTotal] = [0, 0];
  try {
    for (let at = 0; at + 46 <= bytes.length && view.getUint32(at, true) === ENTRY; ) {
      const nameEnd = at + 46 + view.getUint16(at + 28, true);
      const extraEnd = nameEnd + view.getUint16(at + 30, true);
      if (extraEnd > bytes.length) throw damaged();
      const flags = view.getUint16(at + 8, true);
      const wide = zip64Of(view, nameEnd, extraEnd);
      const number = (offset: number) => {
        const value = view.getUint32(at + offset, true);
        return value === ELSEWHERE && wide ? wide() : value;
      };
      // The order of the ZIP64 field.
      const size = number(24);
      const packed = number(20);
      const header = number(42);
      const name = textOf(bytes.subarray(at + 46, nameEnd), (flags & 0x800) !== 0).replaceAll('\\', '/');
      const method = view.getUint16(at + 10, true);
      at = extraEnd + view.getUint16(at + 32, true);
      if (name.endsWith('/')) continue;
      if (size > (method === 0 ? packed : LARGEST_RATIO * packed))
        throw new ImportError(`${archive.name} is damaged: it announces more than ${name} can hold.`);
      total += Math.max(size, packed);
      packedTotal += packed;
      if (packedTotal > archive.size)
        throw new ImportError(`${archive.name} is damaged: its files share the same bytes.`);
      // What photographs unpack to is hardly more than their archive.
      if (total > Math.max(limits.unpacked, 4 * archive.size)) throw tooMuch(archive.name);
      if (entries.length >= limits.files)
        throw new ImportError(
          `${archive.name} holds more than ${limits.files.toLocaleString('en')} files: take fewer.`,
        );
      entries.push({ name, method, encrypted: (flags & 1) !== 0, packed, size, header });
    }
  } catch (error) {
    if (error instanceof RangeError) throw damaged();
    throw error;
  }
  return entries;
}

/** Start and size of the directory, which the end of the archive tells. Throws where there is none. */
async function findDirectory(archive: ByteSource): Promise<{ start: number; size: number }> {
  const from = Math.max(0, archive.size - 22 - 0xffff);
  const bytes = await archive.read(from, archive.size);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = bytes.length - 22; at >= 0; at--) {
    if (view.getUint32(at, true) !== END_OF_DIRECTORY) continue;
    const size = view.getUint32(at + 12, true);
    const start = view.getUint32(at + 16, true);
    if (at >= 20 && view.getUint32(at - 20, true) === 0x07064b50) {
      const wideAt = Number(view.getBigUint64(at - 12, true));
      const wide = await archive.read(wideAt, wideAt + 56);
      const wideView = new DataView(wide.buffer, wide.byteOffset, wide.byteLength);
      return {
        size: Number(wideView.getBigUint64(40, true)),
        start: Number(wideView.getBigUint64(48, true)),
      };
    }
    return { start, size };
  }
  throw new RangeError('There is no end of a directory.');
}

/** Gives the 64-bit values of an entry's ZIP64 field one after another; undefined where it has none. */
function zip64Of(view: DataView, from: number, to: number): (() => number) | undefined {
  for (let at = from; at + 4 <= to; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    let next = at + 4;
    return () => {
      next += 8;
      return Number(view.getBigUint64(next - 8, true));
    };
  }
  return undefined;
}

/** Names are UTF-8 where the archive says so, and often where it does not; others are of an old code page. */
function textOf(bytes: Uint8Array, utf8: boolean): string {
  try {
    return new TextDecoder('utf-8', { fatal: !utf8 }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}
