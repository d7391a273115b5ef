import type { LoadedDataset } from '../../src/engine/data/datasets';
import { type ShippedModelId, shippedModels } from '../../src/engine/models/shippedModels';
import type { StudyEngine } from '../../src/store/latestStudy';
import { pageValues } from '../../src/testing/values';
import { viewCore } from '../../src/testing/viewCore';
import { createBound } from '../../src/views/bound/state';
import { createQuality } from '../../src/views/quality/state';
import { createConvergence } from '../../src/views/samplers/convergenceState';
import { createFrechet } from '../../src/views/samplers/frechetState';

/** The page as it has opened with a data set, where nothing is trained and a model that ships is chosen. */
export function pageOf(id: ShippedModelId, data: LoadedDataset) {
  const { dataset, origin } = shippedModels[id];
  const values = pageValues(dataset, { origin: { origin } });
  const others = {
    session: { status: 'ready', backend: null },
    dataset: { data },
    training: { status: 'idle', model: null, step: 0, losses: null, heldOutLosses: [] },
  };
  return viewCore(others, values);
}

interface Place {
  core: ReturnType<typeof pageOf>;
  engine: StudyEngine;
}

/** The views that open with answers measured in advance: each asks its study just as on the page, with its default settings. */
export const storedViews: ((place: Place) => Promise<void>)[] = [
  (place) =>
    createBound(place as never)
      .getState()
      .measure(),
  (place) =>
    createQuality(place as never)
      .getState()
      .evaluate(),
  (place) =>
    createConvergence(place as never)
      .getState()
      .measure(),
  (place) =>
    createFrechet(place as never)
      .getState()
      .measure(),
];
