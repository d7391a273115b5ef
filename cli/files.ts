import { readFile } from 'node:fs/promises';
import { CommandError } from './errors';

/** The bytes of a file. Throws CommandError that names it. */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw cannotBeRead(path, error);
  }
}

/** The error of a file that cannot be read, with the reason. */
export function cannotBeRead(path: string, error: unknown): CommandError {
  return new CommandError(`${path} cannot be read: ${reasonOf(error)}.`);
}

/** Reads a file and makes something of its bytes; an error of either names the file. */
export async function readAs<T>(path: string, parse: (bytes: Uint8Array) => T): Promise<T> {
  const bytes = await readBytes(path);
  return naming(path, () => parse(bytes));
}

/** Makes something of what a file holds; an error names the file. */
export function naming<T>(path: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw new CommandError(`${path}: ${(error as Error).message}`);
  }
}

/** Why the system refused, as a part of a sentence. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const reasons: Record<string, string> = {
    ENOENT: 'there is no such file or folder',
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of its path is no folder',
    EACCES: 'permission denied',
    EPERM: 'not permitted',
    ENOSPC: 'the disk is full',
    EDQUOT: 'the disk quota is used up',
    EFBIG: 'the file would be too large',
    EIO: 'the disk failed',
    ENAMETOOLONG: 'its name is too long',
    ELOOP: 'its symbolic links lead in a circle',
    EPIPE: 'nobody reads it any more',
    EROFS: 'the file system is read-only',
  };
  return reasons[code ?? ''] ?? message;
}
