import { access, constants, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CommandError } from './errors';

/** The bytes of a file. Throws CommandError that names it. */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new CommandError(`${path} cannot be read: ${reasonOf(error)}.`);
  }
}

/** Reads a file and makes something of its bytes; an error of either names the file. */
export async function readAs<T>(path: string, parse: (bytes: Uint8Array) => T): Promise<T> {
  const bytes = await readBytes(path);
  try {
    return parse(bytes);
  } catch (error) {
    throw new CommandError(`${path}: ${(error as Error).message}`);
  }
}

/** Writes a file all at once: whoever reads it, or ends the program meanwhile, finds the old file or the new one. */
export async function writeBytes(path: string, bytes: Uint8Array): Promise<void> {
  const unfinished = `${path}.${process.pid}.part`;
  try {
    await writeFile(unfinished, bytes);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw new CommandError(`${path} cannot be written: ${reasonOf(error)}.`);
  }
}

/** Throws CommandError where a file could not be written: to be known before the work, not after it. */
export async function checkWritable(path: string): Promise<void> {
  const refuse = (reason: string) => new CommandError(`${path} cannot be written: ${reason}.`);
  if (path === '') throw new CommandError('The name of the file to write is empty.');
  try {
    await access(dirname(path), constants.W_OK);
  } catch (error) {
    throw refuse(`its folder: ${reasonOf(error)}`);
  }
  const existing = await stat(path).catch(() => undefined);
  if (existing?.isDirectory()) throw refuse('it is a folder');
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const reasons: Record<string, string> = {
    ENOENT: 'there is no such file or folder',
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of its path is no folder',
    EACCES: 'permission denied',
    EPERM: 'not permitted',
    ENOSPC: 'the disk is full',
    EROFS: 'the file system is read-only',
  };
  return reasons[code ?? ''] ?? message;
}
