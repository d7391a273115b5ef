import { type Checkpoint, readBundle } from '../engine/checkpoint/bundle';
import { messageOf } from '../engine/messageOf';
import { type ShippedModelId, shippedModels } from '../engine/models/shippedModels';

/** The models that ship with the page: each is read when it is first asked for, and kept as plain arrays. */
export class ShippedWeights {
  #read: (fileName: string) => Promise<Uint8Array>;
  #opened = new Map<ShippedModelId, Promise<Checkpoint>>();

  constructor(read: (fileName: string) => Promise<Uint8Array>) {
    this.#read = read;
  }

  /** Rejects with a message for the user; the next call tries again. */
  open(id: ShippedModelId): Promise<Checkpoint> {
    const opened = this.#opened.get(id) ?? this.#open(id);
    this.#opened.set(id, opened);
    opened.catch(() => this.#opened.delete(id));
    return opened;
  }

  async #open(id: ShippedModelId): Promise<Checkpoint> {
    const { file } = shippedModels[id];
    try {
      return readBundle(await this.#read(file));
    } catch (error) {
      const reason = messageOf(error);
      throw new Error(
        `The model that ships with the page, models/${file}, cannot be used (${reason}). ` +
          'Try again, or train a model of your own.',
      );
    }
  }
}
