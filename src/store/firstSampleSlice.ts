import type { StateCreator } from 'zustand';
import { shippedModelFor } from '../engine/models/shippedModels';
import type { FactsNeeds } from './datasetFacts';
import { sampledModel, shippedModel } from './sampledModel';
import type { SamplingChoices } from './samplingSettings';
import type { SamplingSlice } from './samplingSlice';
import type { SessionSlice } from './sessionSlice';
import type { SettingsSlice } from './settingsSlice';
import type { ShareSlice } from './share/shareSlice';
import type { TrainingSlice } from './trainingSlice';

export interface FirstSampleSlice {
  /**
   * Draws pictures from the model that ships for the data set, where nothing was trained or drawn before, or those of a
   * link. Gives way to training, and leaves a backend without fused kernels in peace, which would take too long.
   */
  drawFirstSample(): Promise<void>;
}

type Needs = FirstSampleSlice &
  Partial<ShareSlice> &
  FactsNeeds &
  SamplingSlice &
  SessionSlice &
  SettingsSlice &
  TrainingSlice;

/** Few steps, so that the pictures are there soon after the page. */
export const firstSampleChoices = {
  sampler: 'ddim',
  steps: 25,
  spacing: 'even',
} as const satisfies Partial<SamplingChoices>;

export const createFirstSampleSlice: StateCreator<Needs, [], [], FirstSampleSlice> = (_, get, store) => ({
  async drawFirstSample() {
    const { session, settings, training, sampling, share, startSampling, stopSampling } = get();
    const shared = share?.opened && sampledModel(get());
    const id = shippedModelFor(settings.dataset);
    const model = shared || (id && shippedModel(id));
    const untouched = training.status === 'idle' && training.step === 0;
    if (!model || !(untouched || shared) || sampling.status !== 'idle' || !session.backend?.fused) return;
    const unsubscribe = store.subscribe(({ training: { status } }) => {
      if (status === 'starting') stopSampling();
    });
    await startSampling(model, shared ? {} : { choices: firstSampleChoices });
    unsubscribe();
  },
});
