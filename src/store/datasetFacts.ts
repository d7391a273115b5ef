import type { DatasetFacts } from '../engine/data/dataset';
import { type DatasetId, datasets, isShippedDatasetId } from '../engine/data/datasets';
import type { OwnDatasetId, OwnFacts } from '../engine/data/ownDataset';

/** The part of the store that knows the user's own data sets; without it there are none. */
export interface FactsNeeds {
  ownDatasets?: {
    /** By id; also of those that are deleted but that a model may have learned. */
    facts: Readonly<Record<string, OwnFacts>>;
    /** Those whose images are there, in the order in which they came. */
    listed: readonly OwnDatasetId[];
  };
}

const unknown: DatasetFacts = {
  title: 'a data set that is gone',
  count: 0,
  imageSize: 8,
  channels: 1,
  classNames: [],
};

/** Whether a data set ships, or is one of the user's own that is or was there. */
export function isKnown({ ownDatasets }: FactsNeeds, id: DatasetId): boolean {
  return isShippedDatasetId(id) || ownDatasets?.facts[id] !== undefined;
}

/** Whether the images of a data set are deleted. */
export function isGone({ ownDatasets }: FactsNeeds, id: DatasetId): boolean {
  return !isShippedDatasetId(id) && !ownDatasets?.listed.includes(id);
}

/** The facts of a data set, one that ships or the user's own, also where that was deleted; the same object each time. */
export function factsOf({ ownDatasets }: FactsNeeds, id: DatasetId): DatasetFacts {
  return isShippedDatasetId(id) ? datasets[id] : (ownDatasets?.facts[id] ?? unknown);
}
