import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readComparison } from '../../src/views/runs/compare/files';
import type { Run } from '../../src/views/runs/record/run';
import { CommandError } from '../errors';
import { reasonOf } from '../files';
import { writeBytes } from '../outputFiles';

/** The files of a log, within its folder. */
export const logFiles = { run: 'run.json', lines: 'log.jsonl', samples: 'samples' } as const;

/** Makes the folder of a log. Throws CommandError where it has one of another run, unless forced. */
export async function checkLogFolder(
  folder: string,
  { goesOn, force }: { goesOn: boolean; force: boolean },
): Promise<void> {
  let names: string[];
  try {
    await mkdir(join(folder, logFiles.samples), { recursive: true });
    names = await readdir(folder);
  } catch (error) {
    throw new CommandError(`--log ${folder} cannot be written: ${reasonOf(error)}.`);
  }
  if (names.includes(logFiles.run) && !goesOn && !force)
    throw new CommandError(
      `${folder} has the log of a run already. Continue that run with --resume, choose another --log, or overwrite it with --force.`,
    );
}

/** The run whose log a folder has; null where there is none. Throws CommandError where it is damaged. */
export async function readLoggedRun(folder: string): Promise<Run | null> {
  const path = join(folder, logFiles.run);
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return readComparison(text)[0] ?? null;
  } catch (error) {
    throw new CommandError(`${path}: ${(error as Error).message}`);
  }
}

/** Deletes the log of a folder, and nothing else there. */
export async function clearLog(folder: string): Promise<void> {
  const isOurs = (name: string) =>
    name === logFiles.run || name === logFiles.lines || name.startsWith('events.out.tfevents.');
  const samples = join(folder, logFiles.samples);
  const paths = [
    ...(await readdir(folder)).filter(isOurs).map((name) => join(folder, name)),
    ...(await readdir(samples)).filter(isSamplesFile).map((name) => join(samples, name)),
  ];
  for (const path of paths) await rm(path);
}

/** The name of the samples after a step; they sort by step. */
export function samplesFile(step: number): string {
  return `step-${String(step).padStart(6, '0')}.png`;
}

function isSamplesFile(name: string): boolean {
  return /^step-\d{6,}\.png$/.test(name);
}

/** Drops the lines after a step, from which training goes on, and one that a kill cut off. */
export async function cutLines(folder: string, step: number): Promise<void> {
  const path = join(folder, logFiles.lines);
  const text = await readFile(path, 'utf8').catch(() => '');
  const lines = text.split('\n').filter((line) => stepOf(line) <= step);
  await writeBytes(path, new TextEncoder().encode(lines.map((line) => `${line}\n`).join('')));
}

function stepOf(line: string): number {
  try {
    return Number(JSON.parse(line).step);
  } catch {
    return Number.NaN;
  }
}
