import { ImportError } from '../pixels';

/** Bytes that are read in parts, so that a large file never lies in memory as a whole. */
export interface ByteSource {
  readonly size: number;
  /** The bytes [from, to), fewer where the source ends before. Whoever keeps them keeps at most a chunk alive. */
  read(from: number, to: number): Promise<Uint8Array>;
}

/** A file by its path, whose folders stand before slashes. An archive is a folder of its members. */
export interface SourceFile extends ByteSource {
  readonly name: string;
}

/** Keeps bytes that are unpacked on the way, outside of memory where the platform can. */
export interface Spool {
  write(chunk: Uint8Array): void | Promise<void>;
  end(): Promise<ByteSource>;
}

/** How much is read at a time. */
export const CHUNK = 2 ** 20;

export function bytesSource(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: async (from, to) => bytes.subarray(from, to) };
}

export function namedBytes(name: string, bytes: Uint8Array): SourceFile {
  return { name, ...bytesSource(bytes) };
}

/** A Blob or a File. Reading throws ImportError where the file is no longer there. */
export function blobFile(name: string, blob: Blob): SourceFile {
  return {
    name,
    size: blob.size,
    read: async (from, to) => {
      try {
        return new Uint8Array(await blob.slice(from, to).arrayBuffer());
      } catch {
        throw new ImportError(`${name} could not be opened: it may have been moved or deleted.`);
      }
    },
  };
}

/** The stretch [from, from + size) of a source as a source. */
export function partOf(source: ByteSource, from: number, size: number): ByteSource {
  return {
    size,
    read: (start, end) => source.read(from + Math.min(start, size), from + Math.max(0, Math.min(end, size))),
  };
}

export function readAll(source: ByteSource): Promise<Uint8Array> {
  return source.read(0, source.size);
}

/** All bytes of a source from `from` on, in order, `chunk` at a time. */
export async function* chunksOf(source: ByteSource, from = 0, chunk = CHUNK): AsyncGenerator<Uint8Array> {
  for (let at = from; at < source.size; at += chunk)
    yield await source.read(at, Math.min(source.size, at + chunk));
}

/** A spool that keeps everything in memory. */
export function memorySpool(): Spool {
  const chunks: Uint8Array[] = [];
  return {
    write: (chunk) => void chunks.push(chunk),
    end: async () => {
      const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
      let at = 0;
      for (const chunk of chunks) {
        whole.set(chunk, at);
        at += chunk.length;
      }
      return bytesSource(whole);
    },
  };
}

/** A spool of Blobs, which browsers keep on the disk where they are large. */
export function blobSpool(): Spool {
  const parts: Blob[] = [];
  return {
    write: (chunk) => void parts.push(new Blob([chunk as Uint8Array<ArrayBuffer>])),
    end: async () => blobFile('An unpacked file', new Blob(parts)),
  };
}

/** The same source with a window that is read ahead: for many small reads one after another. */
export function readAhead(source: ByteSource, window = 2 ** 18): ByteSource {
  let [start, bytes] = [0, new Uint8Array()];
  return {
    size: source.size,
    read: async (from, to) => {
      if (to - from > window) return source.read(from, to);
      if (from < start || to > start + bytes.length) {
        start = from;
        bytes = (await source.read(from, Math.min(source.size, from + window))) as typeof bytes;
      }
      return bytes.subarray(from - start, to - start);
    },
  };
}
