import { CheckpointError } from '../engine/checkpoint/model';
import type { Autosave } from './autosave';
import { type Model, saveModel } from './savedModel';

/** Between two saves while training, if making the file takes at most a fiftieth of it. */
const EVERY_MS = 30_000;
const LARGEST_SHARE = 1 / 50;

/** Saves the model: in memory at once, in the browser's storage soon after. */
export class ModelSaver {
  #autosave: Autosave;
  #notify: (message: string) => void;
  #dueAt = Number.NEGATIVE_INFINITY;
  #writing: Promise<void> = Promise.resolve();
  #waiting: Waiting | undefined;
  /** The model as it was saved last. */
  bundle: Uint8Array | undefined;

  /** `notify` gets a sentence for the user where the storage refuses. */
  constructor(autosave: Autosave, notify: (message: string) => void) {
    this.#autosave = autosave;
    this.#notify = notify;
  }

  /** Whether it is time to save again while training. */
  get isDue(): boolean {
    return this.isAwaited || performance.now() > this.#dueAt;
  }

  /** Whether someone waits for the next save. */
  get isAwaited(): boolean {
    return this.#waiting !== undefined;
  }

  /** The bundle of the next save, which is due from now on. */
  next(): Promise<Uint8Array> {
    this.#waiting ??= newWaiting();
    return this.#waiting.promise;
  }

  /** Tells those who wait that the next save cannot come. */
  refuse(error: Error): void {
    this.#waiting?.reject(error);
    this.#waiting = undefined;
  }

  /** What the storage holds; null where that is nothing, or does not work. Throws CheckpointError where it is damaged. */
  async load(): Promise<Uint8Array | null> {
    return this.#autosave.load().catch(nothingUnlessDamaged);
  }

  /** What the storage held before that, where the last one is damaged, as `load` does. */
  async setAside(): Promise<Uint8Array | null> {
    return this.#autosave.setAside().catch(nothingUnlessDamaged);
  }

  /** Takes note of a model that was just brought back. */
  adopt(bundle: Uint8Array): void {
    this.bundle = bundle;
    this.#dueAt = performance.now() + EVERY_MS;
  }

  /**
   * Resolves when the model may take steps again; the storage is written to meanwhile. What was saved before stays where
   * `check` throws after the model was read: it was read of a backend that cannot be trusted.
   */
  async save(model: Model, check: () => void): Promise<void> {
    const begun = performance.now();
    const bundle = await saveModel(model);
    check();
    const made = performance.now();
    this.bundle = bundle;
    this.#dueAt = made + Math.max(EVERY_MS, (made - begun) / LARGEST_SHARE);
    this.#waiting?.resolve(bundle);
    this.#waiting = undefined;
    this.#writing = this.#writing.then(() => this.#write(bundle));
  }

  /** Resolves when all that was saved is in the storage, or refused. */
  written(): Promise<void> {
    return this.#writing;
  }

  async #write(bundle: Uint8Array): Promise<void> {
    try {
      await this.#autosave.save(bundle);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#notify(
        `The model could not be saved in this browser (${reason}): it is lost when you leave the page.`,
      );
    }
  }
}

/** That the storage does not work is said when it is written to. */
function nothingUnlessDamaged(error: unknown): null {
  if (error instanceof CheckpointError) throw error;
  return null;
}

/** A promise with what settles it. */
interface Waiting {
  promise: Promise<Uint8Array>;
  resolve(bundle: Uint8Array): void;
  reject(error: unknown): void;
}

function newWaiting(): Waiting {
  let settle: Omit<Waiting, 'promise'> | undefined;
  const promise = new Promise<Uint8Array>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, ...(settle as Omit<Waiting, 'promise'>) };
}
