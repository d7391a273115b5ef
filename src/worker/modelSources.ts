import { shippedMeasures } from '../engine/models/shippedMeasures';
import { type ShippedModelId, shippedModels } from '../engine/models/shippedModels';
import { parseStored, storedAnswer, storedFileName } from '../engine/study/storedStudies';
import type { AnyStudy, RequestOf } from '../engine/study/study';
import type { Model } from './model';
import { copyOfModel, modelOfFile } from './modelContext';
import type { ModelSource } from './protocol';
import { ShippedWeights } from './shippedWeights';
import { StoredWeights } from './storedWeights';

/** Where samples and studies have their models from: the one in training, those that ship, and checkpoints. */
export class ModelSources {
  readonly #read: (fileName: string) => Promise<Uint8Array>;
  readonly #current: () => Model | undefined;
  readonly #shipped: ShippedWeights;
  readonly #stored = new StoredWeights();

  /** `read` reads a file of the folder `models/`. */
  constructor(read: (fileName: string) => Promise<Uint8Array>, current: () => Model | undefined) {
    this.#read = read;
    this.#current = current;
    this.#shipped = new ShippedWeights(read);
  }

  /** Reads what a source needs; what it resolves with makes the tensors of a model. */
  async open(source: ModelSource) {
    if ('own' in source) return () => copyOfModel(this.#current(), source.own);
    if ('stored' in source) {
      const { checkpoint, sawHeldOut } = await this.#stored.open(source.stored);
      return () => modelOfFile(checkpoint, sawHeldOut, source.weights);
    }
    const file = await this.#shipped.open(source.shipped);
    return () => modelOfFile(file, shippedModels[source.shipped].sawHeldOut);
  }

  /** What a study measured of a model before it shipped; undefined where it was not asked this. */
  async recall<Asked extends AnyStudy>(name: string, id: ShippedModelId, request: RequestOf<Asked>) {
    if (!shippedMeasures.studies[id]) return undefined;
    const bytes = await this.#read(storedFileName(shippedModels[id].file));
    return storedAnswer<Asked>(parseStored(new TextDecoder().decode(bytes)), name, request);
  }
}
