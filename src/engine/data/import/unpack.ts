import { Gunzip, unzipSync } from 'fflate';
import { ImportError, limits } from './pixels';

/** A file by its name, which may hold folders. */
export interface NamedFile {
  name: string;
  bytes: Uint8Array;
}

/** DEFLATE makes at most 258 bytes of two bits. */
const LARGEST_RATIO = 1032;

/** The members of a zip archive, folders and hidden files left out. Throws ImportError before too much is unpacked. */
export function unzipFiles({ name, bytes }: NamedFile): NamedFile[] {
  let [total, count] = [0, 0];
  try {
    const members = unzipSync(bytes, {
      filter: ({ name: member, size, originalSize }) => {
        if (member.endsWith('/') || /(^|\/)(\.|__MACOSX)/.test(member)) return false;
        // Members may share the same bytes of the archive: what they take is their own.
        total += Math.max(size, originalSize);
        if (total > limits.bytes)
          throw new ImportError(
            `${name} unpacks to more than ${limits.bytes / 2 ** 20} MB: take fewer pictures.`,
          );
        if (originalSize > LARGEST_RATIO * size)
          throw new ImportError(`${name} is damaged: it announces more than ${member} can hold.`);
        if (++count > limits.pictures)
          throw new ImportError(`${name} holds more than ${limits.pictures} files.`);
        return true;
      },
    });
    return Object.entries(members).map(([member, content]) => ({ name: member, bytes: content }));
  } catch (error) {
    if (error instanceof ImportError) throw error;
    throw new ImportError(`${name} is no zip archive, or damaged.`);
  }
}

/** Unpacks gzip piece by piece. Throws ImportError as soon as it is too much, or where it is damaged. */
export function gunzip({ name, bytes }: NamedFile): Uint8Array {
  const pieces: Uint8Array[] = [];
  let total = 0;
  let ended = false;
  const stream = new Gunzip((piece, final) => {
    total += piece.length;
    if (total > limits.bytes)
      throw new ImportError(`${name} unpacks to more than ${limits.bytes / 2 ** 20} MB.`);
    pieces.push(piece);
    ended = final;
  });
  const PIECE = 2 ** 16;
  try {
    for (let start = 0; start < bytes.length; start += PIECE)
      stream.push(bytes.subarray(start, start + PIECE), start + PIECE >= bytes.length);
  } catch (error) {
    if (error instanceof ImportError) throw error;
    throw new ImportError(`${name} is no gzip file, or damaged.`);
  }
  if (!ended) throw new ImportError(`${name} is cut off.`);
  const whole = new Uint8Array(total);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
