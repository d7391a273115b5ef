import type { Dataset, DatasetFacts } from '../engine/data/dataset';
import {
  type DatasetId,
  datasets,
  type LoadedDataset,
  loadDataset,
  type ShippedDatasetId,
} from '../engine/data/datasets';
import { type OwnDataset, type OwnFacts, openOwnDataset } from '../engine/data/ownDataset';
import type { ModelConfig } from '../engine/unet/config';
import { checkModelFits } from './modelFits';

interface ChosenDataset {
  id: DatasetId;
  data: Dataset;
  facts: DatasetFacts;
  /** The facts again, where it is one of the user's own. */
  own?: OwnFacts;
}

/** The data set on the page. */
export class CurrentDataset {
  #readData: (fileName: string) => Promise<Uint8Array>;
  #chosen: ChosenDataset | undefined;
  #calls = 0;

  /** `readData` reads a file of the folder `data/`. */
  constructor(readData: (fileName: string) => Promise<Uint8Array>) {
    this.#readData = readData;
  }

  async load(id: ShippedDatasetId): Promise<LoadedDataset> {
    const call = ++this.#calls;
    const data = await loadDataset(id, this.#readData);
    // The last call wins, whichever file comes last.
    if (call === this.#calls) this.#chosen = { id, data, facts: datasets[id] };
    return { id, ...data };
  }

  open(dataset: OwnDataset): LoadedDataset {
    const { levels: _, labels: __, ...own } = dataset;
    const data = openOwnDataset(dataset);
    this.#calls++;
    this.#chosen = { id: own.id, data, facts: own, own };
    return { id: own.id, ...data };
  }

  /** Throws if there is none, or if its images or classes do not fit the model. */
  for(config: ModelConfig): ChosenDataset {
    if (!this.#chosen) throw new Error('There is no data set: choose one first.');
    checkModelFits(config, this.#chosen.facts);
    return this.#chosen;
  }

  messageFor(config: ModelConfig): LoadedDataset {
    const { id, data } = this.for(config);
    return { id, ...data };
  }
}
