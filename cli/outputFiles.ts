import { constants } from 'node:fs';
import {
  access,
  chmod,
  open,
  readdir,
  readlink,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { CommandError, UsageError } from './errors';
import { reasonOf } from './files';

/** What files a command line names, by the option that names them. */
export type NamedFiles = Readonly<Record<string, string | readonly string[] | undefined>>;

/** For every command that writes files. */
export const forceOption = {
  force: { description: 'Overwrite files whose contents would be lost, such as one that is read too.' },
} as const;

/** Longest name of a file on the usual file systems, in bytes. */
const LONGEST_NAME = 255;
/** Symbolic links that may follow on one another, as in Linux. */
const MOST_LINKS = 40;
/** The number of Linux's device that is always full. */
const FULL_DEVICE = 0x107n;

/**
 * Tries all outputs of a command before its work, and leaves nothing behind. Throws where one cannot be written, where two are
 * the same file, and, unless forced, where one is read too, or is there already and `kept` has advice for its option.
 */
export async function checkOutputs(
  outputs: NamedFiles,
  inputs: NamedFiles,
  { force, kept = {} }: { force: boolean; kept?: Readonly<Record<string, string>> },
): Promise<void> {
  const named: { option: string; id: string | undefined; isInput: boolean }[] = [];
  for (const { option, path } of listed(inputs))
    named.push({ option, id: await identityOf(path), isInput: true });
  for (const { option, path } of listed(outputs)) {
    if (path === '') throw new CommandError(`The name of the file for ${option} is empty.`);
    await tryWriting(path);
    const id = await identityOf(path);
    const same = id === undefined ? undefined : named.find((other) => other.id === id);
    named.push({ option, id, isInput: false });
    if (same && !same.isInput)
      throw new UsageError(`${same.option} and ${option} name the same file, ${path}.`);
    if (force) continue;
    if (same)
      throw new CommandError(
        `${same.option} and ${option} name the same file, ${path}, which would be overwritten. Choose another name, or use --force.`,
      );
    const advice = kept[option];
    if (advice !== undefined && (await existing(path))?.isFile())
      throw new CommandError(`${path} exists already. ${advice}, or overwrite it with --force.`);
  }
}

function listed(files: NamedFiles): { option: string; path: string }[] {
  return Object.entries(files).flatMap(([option, paths = []]) =>
    [paths].flat().map((path) => ({ option, path })),
  );
}

/** Whether two paths lead to one file. */
export async function isSameFile(one: string, other: string): Promise<boolean> {
  const id = await identityOf(one);
  return id !== undefined && id === (await identityOf(other));
}

/**
 * Writes a file all at once: whoever reads it, or ends the program meanwhile, finds the old file or the new one. Of a symbolic
 * link the target is written, and what is no file, such as a pipe or a device, is written to as it is.
 */
export async function writeBytes(path: string, bytes: Uint8Array): Promise<void> {
  try {
    const { target, isFile, mode } = await targetOf(path);
    if (isFile) await replaceFile(target, bytes, mode);
    else await writeFile(target, bytes);
  } catch (error) {
    throw refusal(path, error);
  }
}

async function replaceFile(target: string, bytes: Uint8Array, mode: number | undefined): Promise<void> {
  const unfinished = unfinishedName(target);
  try {
    const file = await open(unfinished, 'w');
    try {
      await file.writeFile(bytes);
      // Some disks find only now that they are full.
      await file.sync();
    } finally {
      await file.close();
    }
    if (mode !== undefined) await chmod(unfinished, mode);
    await rename(unfinished, target);
  } catch (error) {
    // The first error is the one to tell.
    await rm(unfinished, { force: true }).catch(() => {});
    throw error;
  }
}

/** Throws where a file cannot be written. What a process that was killed has left beside it is removed. */
async function tryWriting(path: string): Promise<void> {
  try {
    const { target, isFile, mode } = await targetOf(path);
    if (mode !== undefined && (mode & 0o222) === 0) throw new Error('it is read-only');
    if (mode !== undefined) await access(target, constants.W_OK);
    if ((await existing(target))?.rdev === FULL_DEVICE) throw coded('ENOSPC');
    if (!isFile) return;
    await removeUnfinished(target);
    const unfinished = unfinishedName(target);
    await (await open(unfinished, 'w')).close();
    await rm(unfinished);
  } catch (error) {
    throw refusal(path, error);
  }
}

/** Where a path leads in the end: to a file that is there or may come, or to a device or pipe. Throws for a folder. */
async function targetOf(path: string): Promise<{ target: string; isFile: boolean; mode?: number }> {
  const found = await existing(path);
  if (found?.isDirectory()) throw coded('EISDIR');
  const mode = found && { mode: Number(found.mode & 0o7777n) };
  if (found && !found.isFile()) return { target: path, isFile: false, ...mode };
  if (found) return { target: await realpath(path), isFile: true, ...mode };
  let target = resolve(path);
  for (let links = 0; links < MOST_LINKS; links++) {
    const next = await readlink(target).catch(() => undefined);
    if (next === undefined) break;
    target = resolve(dirname(target), next);
  }
  const folder = await realpath(dirname(target)).catch((error) => {
    throw new Error(`its folder: ${reasonOf(error)}`);
  });
  return { target: join(folder, basename(target)), isFile: true };
}

/** Tells one file from another; undefined for what is none, such as a device, or cannot be. */
async function identityOf(path: string): Promise<string | undefined> {
  const found = await existing(path).catch(() => undefined);
  if (found) return found.isFile() ? `${found.dev}:${found.ino}` : undefined;
  return (await targetOf(path).catch(() => undefined))?.target;
}

/** What is there; undefined where nothing is. Throws where nothing can be: the name is too long, say. */
async function existing(path: string) {
  try {
    return await stat(path, { bigint: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Of the file that becomes the target once it is whole. */
function unfinishedName(target: string): string {
  return `${unfinishedStart(target)}${process.pid}.part`;
}

/** The target's name, cut where it leaves no room for the rest. */
function unfinishedStart(target: string): string {
  let start = basename(target);
  while (Buffer.byteLength(start) > LONGEST_NAME - 16) start = start.slice(0, -1);
  return join(dirname(target), `${start}.`);
}

async function removeUnfinished(target: string): Promise<void> {
  const start = basename(unfinishedStart(target));
  for (const name of await readdir(dirname(target))) {
    const pid = name.startsWith(start) ? /^(\d+)\.part$/.exec(name.slice(start.length))?.[1] : undefined;
    if (pid !== undefined && !isRunning(Number(pid)))
      await rm(join(dirname(target), name), { force: true }).catch(() => {});
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function coded(code: string): Error {
  return Object.assign(new Error(code), { code });
}

function refusal(path: string, error: unknown): CommandError {
  return new CommandError(`${path} cannot be written: ${reasonOf(error)}.`);
}
