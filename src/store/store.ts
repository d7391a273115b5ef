import { create, type StoreApi, type UseBoundStore } from 'zustand';
import { type DatasetId, isShippedDatasetId, type LoadedDataset } from '../engine/data/datasets';
import { initialSettings } from '../settings/defaultSettings';
import { forwardGroup } from '../settings/groups/forward';
import { dataGroup, originGroup, shownGroup } from '../settings/groups/page';
import { samplingGroup } from '../settings/groups/sampling';
import { connectEngine } from '../worker/client';
import { composition } from './composition';
import { factsOf } from './datasetFacts';
import { createDatasetSlice, type DatasetSlice } from './datasetSlice';
import { createFirstSampleSlice, type FirstSampleSlice } from './firstSampleSlice';
import { calmly, keepChoices } from './keepChoices';
import { keepTrained } from './keepTrained';
import { askToKeep } from './keptSafely';
import { LastEvents } from './lastEvents';
import { createModelFilesSlice, type ModelFilesSlice } from './modelFilesSlice';
import { browserPlace, useOtherTabs, watchOtherTabs } from './otherTabs';
import { readKnownFacts, writeKnownFacts } from './ownData/knownFacts';
import { createOwnDatasetsSlice, type OwnDatasetsSlice } from './ownData/ownDatasetsSlice';
import { browserOwnDatasets } from './ownData/storage';
import { shareTime } from './samplingShareSlice';
import { createSamplingSlice, type SamplingSlice } from './samplingSlice';
import { saveOnLeaving } from './saveOnLeaving';
import { createSessionSlice, type SessionSlice } from './sessionSlice';
import { createSettingsSlice, type SettingsSlice } from './settingsSlice';
import { pageStorage, readSettings, writeSettings } from './settingsStorage';
import { createShareSlice, type ShareSlice } from './share/shareSlice';
import { createTrainingSlice, type TrainingSlice } from './trainingSlice';
import { createValuesSlice, type PageValues, type ValuesSlice } from './valuesSlice';
import { watchRuns } from './watchRuns';

export type Store = SessionSlice &
  ValuesSlice &
  DatasetSlice &
  OwnDatasetsSlice &
  SettingsSlice &
  TrainingSlice &
  ModelFilesSlice &
  SamplingSlice &
  FirstSampleSlice &
  ShareSlice;

/** The engine in its worker. */
export const engine = connectEngine(
  () => composition().startEngineWorker(),
  (problem) => useStore.getState().endSession(problem),
);
const storage = pageStorage();
const ownFacts = readKnownFacts(storage);
const known = {
  ownDatasets: {
    facts: Object.fromEntries(ownFacts.map((facts) => [facts.id, facts])),
    listed: ownFacts.map(({ id }) => id),
  },
};
const stored = readSettings(storage, known);

function firstValues(): PageValues {
  const dataset = stored?.dataset ?? dataGroup.defaults.dataset;
  const { samplingShare = shownGroup.defaults.samplingShare } = stored ?? {};
  return {
    data: { dataset },
    settings: stored?.kept[dataset] ?? initialSettings(dataset, factsOf(known, dataset)),
    shown: { ...shownGroup.defaults, samplingShare },
    forward: forwardGroup.defaults,
    sampling: samplingGroup.defaults,
    origin: originGroup.defaults,
  };
}

/** The state that all views share, over the engine in its worker. */
export const useStore: UseBoundStore<StoreApi<Store>> = create<Store>()((...parts) => ({
  ...createValuesSlice(firstValues())(...parts),
  ...createSessionSlice(engine)(...parts),
  ...createDatasetSlice(loadDataset)(...parts),
  ...createOwnDatasetsSlice(browserOwnDatasets(), ownFacts)(...parts),
  ...createSettingsSlice(stored?.kept)(...parts),
  ...createTrainingSlice(engine, stored === null)(...parts),
  ...createModelFilesSlice(engine)(...parts),
  ...createSamplingSlice(engine)(...parts),
  ...shareTime(engine)(...parts),
  ...createFirstSampleSlice(...parts),
  ...createShareSlice(...parts),
}));

/** For problemReport. */
export const lastEvents = new LastEvents();

/** Brings back what was chosen in an earlier visit and keeps what is chosen from now on; once, when the page is composed. */
export function keepPage(): void {
  const chosen = keepChoices(useStore.getState, stored?.choices);
  /** What a link brought is not the user's. */
  const write = () => {
    const { values, kept, share } = useStore.getState();
    const { dataset } = values.data;
    const { samplingShare } = values.shown;
    if (!share.opened) writeSettings(storage, { dataset, kept, samplingShare, choices: chosen() });
  };
  // As often as a slider moves, or a view plays.
  const writeSoon = calmly(write);
  useStore.subscribe((state, before) => {
    const { values, kept, share, ownDatasets } = state;
    if (kept !== before.kept || share.opened !== before.share.opened || values.data !== before.values.data)
      write();
    else if (values !== before.values) writeSoon();
    const { facts, listed } = ownDatasets;
    if (facts === before.ownDatasets.facts && listed === before.ownDatasets.listed) return;
    writeKnownFacts(
      storage,
      listed.map((id) => facts[id]).filter((one) => one !== undefined),
    );
  });
  useStore.subscribe(lastEvents.observe);
  keepTrained(useStore, () => askToKeep(globalThis.navigator?.storage));
  if (typeof document !== 'undefined') {
    watchRuns(useStore, document);
    const place = browserPlace();
    if (place) watchOtherTabs(useStore, place, (training) => useOtherTabs.setState({ training }));
    saveOnLeaving(
      document,
      window,
      () => useStore.getState().training,
      () => engine.saveModel(),
    );
  }
}

/** No step may see another data set than the one before it: a run ends first. */
async function loadDataset(id: DatasetId): Promise<LoadedDataset> {
  await useStore.getState().pauseTraining();
  if (isShippedDatasetId(id)) return engine.loadDataset(id);
  const dataset = await useStore.getState().readOwnDataset(id);
  // The engine must not get what was chosen before after what is chosen now.
  if (useStore.getState().values.data.dataset !== id)
    throw new Error('Another data set was chosen meanwhile.');
  return engine.openOwnDataset(dataset);
}
