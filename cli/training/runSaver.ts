import { mkdtemp } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { writeBytes } from '../outputFiles';

/** From a save that was refused to the next try. */
const RETRY_MS = 30_000;
/** The same where nothing is left to do but to wait. */
const WAIT_MS = 5_000;

/** A file of a run, and what it holds now. */
export interface RunFile {
  path: string;
  bytes(): Promise<Uint8Array>;
}

/** Saves a run in its files. Where a disk refuses, the run goes on in memory, and this tries again. */
export class RunSaver {
  readonly #every: number;
  readonly #warn: (text: string) => void;
  #files: readonly RunFile[];
  #retryAt: number | undefined;
  #elsewhere = false;

  /** Saves after each of `every` steps. `warn` gets sentences for the user. */
  constructor(files: readonly RunFile[], every: number, warn: (text: string) => void) {
    this.#files = files;
    this.#every = every;
    this.#warn = warn;
  }

  isDue(step: number): boolean {
    return step % this.#every === 0 || (this.#retryAt !== undefined && performance.now() > this.#retryAt);
  }

  /** Whether the last save had to go to another folder. */
  get isElsewhere(): boolean {
    return this.#elsewhere;
  }

  /** Where the files are, in the order in which they were given. */
  get paths(): string[] {
    return this.#files.map(({ path }) => path);
  }

  /** Saves in the middle of a run. */
  async save(): Promise<void> {
    const refused = await this.#refusal(this.#files);
    if (refused !== undefined && this.#retryAt === undefined)
      this.#warn(
        `${refused} Training goes on in memory, and the next try to save is in ${RETRY_MS / 1000} seconds.`,
      );
    if (refused === undefined && this.#retryAt !== undefined) this.#warn('The model is saved again.');
    this.#retryAt = refused === undefined ? undefined : performance.now() + RETRY_MS;
  }

  /** Saves at the end of a run: elsewhere where the disk refuses, and only when it is saved does this resolve. */
  async saveLast(): Promise<void> {
    let refused = await this.#refusal(this.#files);
    if (refused === undefined) return;
    for (const folder of [tmpdir(), homedir()]) {
      const files = await this.#filesIn(folder);
      if (!files || (await this.#refusal(files)) !== undefined) continue;
      this.#files = files;
      this.#elsewhere = true;
      this.#warn(`${refused} The model was saved in ${dirname(files[0]?.path ?? '')} instead.`);
      return;
    }
    this.#warn(
      `${refused} Make room: the model is kept in memory and saved as soon as there is some. Press Ctrl-C twice to end without it.`,
    );
    while (refused !== undefined) {
      await setTimeout(WAIT_MS);
      refused = await this.#refusal(this.#files);
    }
  }

  /** Writes the files; why not, where one is refused. */
  async #refusal(files: readonly RunFile[]): Promise<string | undefined> {
    for (const { path, bytes } of files) {
      const content = await bytes();
      try {
        await writeBytes(path, content);
      } catch (error) {
        return (error as Error).message;
      }
    }
    return undefined;
  }

  async #filesIn(folder: string): Promise<RunFile[] | undefined> {
    const made = await mkdtemp(join(folder, 'ddpm-')).catch(() => undefined);
    return made === undefined
      ? undefined
      : this.#files.map(({ path, bytes }) => ({ path: join(made, basename(path)), bytes }));
  }
}
