import { CheckpointError } from '../engine/checkpoint/model';
import { messageOf } from '../engine/messageOf';
import type { Autosave } from './autosave';
import type { Model } from './model';
import { saveModel } from './savedModel';

/** From a save to the next while training, if training waits for it at most a fiftieth of that. */
const EVERY_MS = 4_000;
const LARGEST_SHARE = 1 / 50;
/** The same after the storage has refused one. */
const REFUSED_MS = 30_000;

/** A save that the storage has. */
export interface StoredSave {
  step: number;
  /** Milliseconds since the model was as it is saved. */
  ago: number;
}

/** Saves the model: in memory at once, in the browser's storage soon after. */
export class ModelSaver {
  #autosave: Autosave;
  #notify: (message: string) => void;
  #tell: (save: StoredSave) => void;
  #dueAt = Number.NEGATIVE_INFINITY;
  #writing: Promise<void> = Promise.resolve();
  /** Saves that the storage does not have yet. */
  #outstanding = 0;
  #waiting: Waiting | undefined;
  /** The model as it was saved last. */
  bundle: Uint8Array | undefined;

  /** `notify` gets a sentence for the user where the storage refuses, and `tell` hears of every save that it has. */
  constructor(
    autosave: Autosave,
    notify: (message: string) => void,
    tell: (save: StoredSave) => void = () => {},
  ) {
    this.#autosave = autosave;
    this.#notify = notify;
    this.#tell = tell;
  }

  /** Whether it is time to save again while training. */
  get isDue(): boolean {
    return this.isAwaited || (this.#outstanding === 0 && performance.now() > this.#dueAt);
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
    const taken = performance.now() - begun;
    this.bundle = bundle;
    this.#waiting?.resolve(bundle);
    this.#waiting = undefined;
    this.#outstanding++;
    const { step } = model.state;
    this.#writing = this.#writing.then(() => this.#write(bundle, { step, begun, taken }));
  }

  /** Resolves when all that was saved is in the storage, or refused. */
  written(): Promise<void> {
    return this.#writing;
  }

  /** `begun`: when the model was read; `taken`: how long training waited for that. */
  async #write(
    bundle: Uint8Array,
    { step, begun, taken }: { step: number; begun: number; taken: number },
  ): Promise<void> {
    const start = performance.now();
    try {
      const saved = this.#autosave.save(bundle);
      // Until its first wait it keeps training waiting too: it computes a checksum.
      const waited = taken + performance.now() - start;
      this.#dueAt = begun + Math.max(EVERY_MS, waited / LARGEST_SHARE);
      await saved;
      this.#tell({ step, ago: performance.now() - begun });
    } catch (error) {
      this.#dueAt = begun + REFUSED_MS;
      const reason = messageOf(error);
      this.#notify(
        `The model could not be saved in this browser (${reason}): it is lost when you leave the page.`,
      );
    } finally {
      this.#outstanding--;
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
