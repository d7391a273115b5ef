import { Gunzip, Inflate } from 'fflate';
import { ImportError, limits, tooMuch } from '../pixels';
import { type ByteSource, chunksOf, type Spool } from './byteSource';

/** Small pieces: DEFLATE can make 258 bytes of two bits, and each piece is unpacked at once. */
const PIECE = 2 ** 16;

/** Unpacks gzip piece by piece. Throws ImportError as soon as it is too much, or where it is damaged or cut off. */
export function gunzip(name: string, source: ByteSource, spool: Spool): Promise<ByteSource> {
  return unpack(name, source, spool, (tell) => new Gunzip(tell), 'is no gzip file, or damaged');
}

/** Unpacks a member of a zip archive in the same way. */
export function inflate(name: string, source: ByteSource, spool: Spool): Promise<ByteSource> {
  return unpack(name, source, spool, (tell) => new Inflate(tell), 'is damaged');
}

async function unpack(
  name: string,
  source: ByteSource,
  spool: Spool,
  start: (tell: (chunk: Uint8Array, final: boolean) => void) => {
    push(chunk: Uint8Array, final?: boolean): void;
  },
  damaged: string,
): Promise<ByteSource> {
  let unpacked: Uint8Array[] = [];
  let [total, ended] = [0, false];
  const stream = start((chunk, final) => {
    total += chunk.length;
    if (total > limits.unpacked) throw tooMuch(name);
    unpacked.push(chunk);
    ended = final;
  });
  let at = 0;
  for await (const chunk of chunksOf(source, 0, PIECE)) {
    at += chunk.length;
    try {
      stream.push(chunk, at >= source.size);
    } catch (error) {
      if (error instanceof ImportError) throw error;
      throw new ImportError(`${name} ${damaged}.`);
    }
    for (const piece of unpacked) await spool.write(piece);
    unpacked = [];
  }
  if (!ended) throw new ImportError(`${name} is cut off.`);
  return spool.end();
}
