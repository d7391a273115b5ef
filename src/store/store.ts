import { create } from 'zustand';
import { connectEngine } from '../worker/client';
import { type BoundSlice, createBoundSlice } from './boundSlice';
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
import { createPictureToPictureSlice, type PictureToPictureSlice } from './pictureToPictureSlice';
import { createProfileSlice, type ProfileSlice } from './profileSlice';
import { createQualitySlice, type QualitySlice } from './qualitySlice';
import { createReverseStepSlice, type ReverseStepSlice } from './reverseStepSlice';
import { createSamplingShareSlice, type SamplingShareSlice } from './samplingShareSlice';
import { createSamplingSlice, type SamplingSlice } from './samplingSlice';
import { createSessionSlice, type SessionSlice } from './sessionSlice';
import { createSettingsSlice, type SettingsSlice } from './settingsSlice';
import { pageStorage, readSettings, writeSettings } from './settingsStorage';
import { createTourSlice, type TourSlice } from './tourSlice';
import { createTrainingSlice, type TrainingSlice } from './trainingSlice';

export type Store = SessionSlice &
  DatasetSlice &
  ForwardSlice &
  ForwardLabSlice &
  SettingsSlice &
  TrainingSlice &
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
  BoundSlice;

const engine = connectEngine();
const storage = pageStorage();
const stored = readSettings(storage);
const firstDataset = stored?.dataset ?? initialDatasetId;

/** The state of the page, over the engine in its worker. */
export const useStore = create<Store>()((...parts) => ({
  ...createSessionSlice(engine)(...parts),
  ...createDatasetSlice(loadDataset, firstDataset)(...parts),
  ...createForwardSlice(...parts),
  ...createForwardLabSlice(...parts),
  ...createSettingsSlice(firstDataset, stored?.kept)(...parts),
  ...createTrainingSlice(engine)(...parts),
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
}));

useStore.subscribe(({ settings: { dataset, kept }, samplingShare }, before) => {
  const { settings } = before;
  if (dataset !== settings.dataset || kept !== settings.kept || samplingShare !== before.samplingShare)
    writeSettings(storage, { dataset, kept, samplingShare });
});

/** No step may see another data set than the one before it: a run ends first. */
async function loadDataset(...[id]: Parameters<typeof engine.loadDataset>) {
  await useStore.getState().pauseTraining();
  return engine.loadDataset(id);
}
