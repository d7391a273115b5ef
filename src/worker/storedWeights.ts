import { type ModelFile, readModelFile } from './importedModel';
import type { StoredModel } from './protocol';

/** Checkpoints that are looked at without being loaded: the one that was asked for last is kept as plain arrays. */
export class StoredWeights {
  #newest: { id: string; opened: Promise<ModelFile> } | undefined;

  /** Rejects with a message for the user; the next call tries again. */
  open({ id, file }: StoredModel): Promise<ModelFile> {
    if (this.#newest?.id === id) return this.#newest.opened;
    const opened = file.arrayBuffer().then((bytes) => readModelFile(new Uint8Array(bytes)));
    const newest = { id, opened };
    this.#newest = newest;
    opened.catch(() => {
      if (this.#newest === newest) this.#newest = undefined;
    });
    return opened;
  }
}
