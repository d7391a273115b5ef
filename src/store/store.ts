import { create, type StoreApi, type UseBoundStore } from 'zustand';
import { type DatasetId, isShippedDatasetId } from '../engine/data/datasets';
import { connectEngine } from '../worker/client';
import type { DatasetMessage } from '../worker/protocol';
import { type BoundSlice, createBoundSlice } from './boundSlice';
import type { Stores } from './choices/choiceGroup';
import { type EncodedChoices, encodedChoices, linkedGroups, putChoices } from './choices/encodedChoices';
import { type ClassGridSlice, createClassGridSlice } from './classGridSlice';
import { type ClassGuessSlice, createClassGuessSlice } from './classGuessSlice';
import { type ComparisonSlice, createComparisonSlice } from './comparisonSlice';
import { type ConvergenceSlice, createConvergenceSlice } from './convergenceSlice';
import { createDatasetSlice, type DatasetSlice, initialDatasetId } from './datasetSlice';
import { createFirstSampleSlice, type FirstSampleSlice } from './firstSampleSlice';
import { createForwardLabSlice, type ForwardLabSlice } from './forwardLabSlice';
import { createForwardSlice, type ForwardSlice } from './forwardSlice';
import { createInpaintingSlice, type InpaintingSlice } from './inpaintingSlice';
import { createInterpolationSlice, type InterpolationSlice } from './interpolationSlice';
import { calmly, keepChoices, whenChosen } from './keepChoices';
import { keepTrained } from './keepTrained';
import { askToKeep } from './keptSafely';
import { LastEvents } from './lastEvents';
import { createModelFilesSlice, type ModelFilesSlice } from './modelFilesSlice';
import { readKnownFacts, writeKnownFacts } from './ownData/knownFacts';
import { createOwnDatasetsSlice, type OwnDatasetsSlice } from './ownData/ownDatasetsSlice';
import { browserOwnDatasets } from './ownData/storage';
import { createPictureToPictureSlice, type PictureToPictureSlice } from './pictureToPictureSlice';
import { pointsStore } from './points/usePoints';
import { createProfileSlice, type ProfileSlice } from './profileSlice';
import { createQualitySlice, type QualitySlice } from './qualitySlice';
import { createReverseStepSlice, type ReverseStepSlice } from './reverseStepSlice';
import { createSamplingShareSlice, type SamplingShareSlice } from './samplingShareSlice';
import { createSamplingSlice, type SamplingSlice } from './samplingSlice';
import { saveOnLeaving } from './saveOnLeaving';
import { createSessionSlice, type SessionSlice } from './sessionSlice';
import { createSettingsSlice, type SettingsSlice } from './settingsSlice';
import { pageStorage, readSettings, writeSettings } from './settingsStorage';
import { createShareSlice, type ShareSlice } from './share/shareSlice';
import { createTourSlice, type TourSlice } from './tourSlice';
import { createTrainingSlice, type TrainingSlice } from './trainingSlice';
import { isTraining } from './trainingState';

export type Store = SessionSlice &
  DatasetSlice &
  OwnDatasetsSlice &
  ForwardSlice &
  ForwardLabSlice &
  SettingsSlice &
  TrainingSlice &
  ModelFilesSlice &
  SamplingSlice &
  SamplingShareSlice &
  FirstSampleSlice &
  ProfileSlice &
  TourSlice &
  ClassGridSlice &
  ClassGuessSlice &
  QualitySlice &
  InterpolationSlice &
  PictureToPictureSlice &
  InpaintingSlice &
  ReverseStepSlice &
  ComparisonSlice &
  ConvergenceSlice &
  ShareSlice &
  BoundSlice;

const sharedViews = {
  read: () => encodedChoices(stores, linkedGroups),
  put: (views: EncodedChoices) => putChoices(stores, views),
};
const engine = connectEngine((problem) => useStore.getState().endSession(problem));
const storage = pageStorage();
const ownFacts = readKnownFacts(storage);
const known = {
  ownDatasets: {
    facts: Object.fromEntries(ownFacts.map((facts) => [facts.id, facts])),
    listed: ownFacts.map(({ id }) => id),
  },
};
const stored = readSettings(storage, known);
const firstDataset = stored?.dataset ?? initialDatasetId;

/** The state of the page, over the engine in its worker. */
export const useStore: UseBoundStore<StoreApi<Store>> = create<Store>()((...parts) => ({
  ...createSessionSlice(engine)(...parts),
  ...createDatasetSlice(loadDataset, firstDataset)(...parts),
  ...createOwnDatasetsSlice(browserOwnDatasets(), ownFacts)(...parts),
  ...createForwardSlice(...parts),
  ...createForwardLabSlice(...parts),
  ...createSettingsSlice(firstDataset, stored?.kept, known)(...parts),
  ...createTrainingSlice(engine, stored === null)(...parts),
  ...createModelFilesSlice(engine)(...parts),
  ...createSamplingSlice(engine)(...parts),
  ...createSamplingShareSlice(engine, stored?.samplingShare)(...parts),
  ...createFirstSampleSlice(...parts),
  ...createProfileSlice(engine)(...parts),
  ...createTourSlice(storage)(...parts),
  ...createClassGridSlice(engine)(...parts),
  ...createClassGuessSlice(engine)(...parts),
  ...createQualitySlice(engine)(...parts),
  ...createInterpolationSlice(engine)(...parts),
  ...createPictureToPictureSlice(engine)(...parts),
  ...createInpaintingSlice(engine)(...parts),
  ...createReverseStepSlice(engine)(...parts),
  ...createComparisonSlice(engine)(...parts),
  ...createConvergenceSlice(engine)(...parts),
  ...createBoundSlice(engine)(...parts),
  ...createShareSlice(sharedViews)(...parts),
}));

/** Both stores, for what is about all settings of the page. */
export const stores: Stores = { store: useStore, points: pointsStore };
const chosen = keepChoices(stores, stored?.choices);

/** What a link brought is not the user's. */
function write(): void {
  const { settings, samplingShare, share } = useStore.getState();
  if (!share.opened)
    writeSettings(storage, {
      dataset: settings.dataset,
      kept: settings.kept,
      samplingShare,
      choices: chosen(),
    });
}

useStore.subscribe(({ settings: { dataset, kept }, samplingShare, share: { opened } }, before) => {
  const { settings, share } = before;
  if (
    dataset !== settings.dataset ||
    kept !== settings.kept ||
    samplingShare !== before.samplingShare ||
    opened !== share.opened
  )
    write();
});
// As often as a slider moves, or a view plays.
const writeSoon = calmly(write);
const noticed = whenChosen(stores, writeSoon);
useStore.subscribe(noticed);
pointsStore.subscribe(noticed);

useStore.subscribe(({ ownDatasets: { facts, listed } }, { ownDatasets: before }) => {
  if (facts === before.facts && listed === before.listed) return;
  writeKnownFacts(
    storage,
    listed.map((id) => facts[id]).filter((one) => one !== undefined),
  );
});

/** For problemReport. */
export const lastEvents = new LastEvents();
useStore.subscribe(lastEvents.observe);

keepTrained(useStore, () => askToKeep(globalThis.navigator?.storage));

if (typeof document !== 'undefined')
  saveOnLeaving(
    document,
    () => isTraining(useStore.getState().training),
    () => engine.saveModel(),
  );

/** No step may see another data set than the one before it: a run ends first. */
async function loadDataset(id: DatasetId): Promise<DatasetMessage> {
  await useStore.getState().pauseTraining();
  if (isShippedDatasetId(id)) return engine.loadDataset(id);
  const dataset = await useStore.getState().readOwnDataset(id);
  // The engine must not get what was chosen before after what is chosen now.
  if (useStore.getState().dataset.id !== id) throw new Error('Another data set was chosen meanwhile.');
  return engine.openOwnDataset(dataset);
}
