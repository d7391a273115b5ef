import type { StateCreator } from 'zustand';
import { type ShippedModel, type ShippedModelId, shippedModels } from '../engine/models/shippedModels';
import { originGroup } from '../settings/groups/page';
import { samplingGroup } from '../settings/groups/sampling';
import type { FactsNeeds } from './datasetFacts';
import type { DatasetSlice } from './datasetSlice';
import { firstSampleChoices, isUnchosen } from './firstSampleChoices';
import { type SampledModel, sampledModel, sampledOrigin, shippedModel } from './sampledModel';
import { isActive, type SamplingSlice } from './samplingSlice';
import { isQuick, type SessionState } from './sessionState';
import type { ShareSlice } from './share/shareSlice';
import type { TrainingSlice } from './trainingSlice';
import { hasTrained, isTraining } from './trainingState';
import type { ValuesSlice } from './valuesSlice';

/** How a model that ships draws, where it says so. */
const drawsOf = (id: ShippedModelId) => (shippedModels[id] as ShippedModel).draws;

export interface FirstSampleSlice {
  /**
   * Draws images from the pretrained model of the data set, from the visitor's own where that was chosen, or those of a
   * link; what it drew for another data set goes. Gives way to training, to another view and to a run of the visitor's own, and leaves a
   * backend without fused kernels in peace, which would take too long.
   */
  drawFirstSample(): Promise<void>;
  /** Whether the playground is on the page: elsewhere the first sample waits, and what is unfinished is drawn on the way back. */
  showPlayground(shown: boolean): void;
  /** The same for a data set that was chosen after the first sample. */
  followWithFirstSample(): void;
  /** Chooses a model that ships, with its data set, and draws from it as on opening. */
  openShipped(id: ShippedModelId): Promise<void>;
}

type Needs = FirstSampleSlice &
  Partial<ShareSlice> &
  Partial<DatasetSlice> &
  FactsNeeds &
  SamplingSlice & { session: SessionState } & ValuesSlice &
  TrainingSlice;

export const createFirstSampleSlice: StateCreator<Needs, [], [], FirstSampleSlice> = (_, get, store) => {
  let begun = false;
  /** What the run is of that the page began last. */
  let drawn = '';
  let inPlayground = true;
  /** Draws what was begun last anew, where it is unfinished. */
  let again: (() => Promise<void>) | null = null;
  /** What is drawn on the way back to the playground. */
  let waiting: (() => Promise<void>) | null = null;

  /** The model to draw from; null for none. */
  function wanted(): SampledModel | null {
    const { training, values } = get();
    if (!isQuick(get()) || isTraining(training)) return null;
    const learned = hasTrained(training) && training.dataset === values.data.dataset;
    const chosen = values.origin.origin === 'own' && learned;
    return sampledOrigin(get()) !== 'own' || chosen || isShared() ? sampledModel(get()) : null;
  }

  function isShared(): boolean {
    const { share, values } = get();
    return share?.opened?.dataset === values.data.dataset;
  }

  /** What nobody chose is as it suits the model, so that the settings say how the images are drawn. */
  async function draw(model: SampledModel): Promise<void> {
    waiting = null;
    const { sampling } = get().values;
    if (model.shipped && !isShared() && isUnchosen(sampling))
      get().put(samplingGroup, firstSampleChoices(model.config, drawsOf(model.shipped)));
    const { step } = get().training;
    const unsubscribe = store.subscribe(({ training, sampling, stopSampling }, before) => {
      const begins = training.status === 'starting' && before.training.status !== 'starting';
      if (begins && sampling.first) stopSampling();
    });
    again = async () => {
      const { sampling, training } = get();
      const untrained = training.step === step && !isTraining(training);
      if (untrained && sampling.first && sampling.status !== 'finished') await draw(model);
    };
    await get().startSampling(model, { first: true });
    unsubscribe();
  }

  return {
    async drawFirstSample() {
      begun = true;
      const { sampling, values, forgetSampling } = get();
      // A run of the visitor's own goes on.
      if (!sampling.first && isActive(sampling)) return;
      const found = wanted();
      const what = found && `${values.data.dataset} ${found.shipped ?? 'own'}`;
      const known = sampling.first
        ? what === drawn && sampling.status !== 'failed'
        : found?.shipped !== undefined && sampling.recording?.settings.shipped === found.shipped;
      if (known) return;
      if (found && inPlayground) {
        drawn = what as string;
        return draw(found);
      }
      if (sampling.first) forgetSampling();
      waiting = found && get().drawFirstSample;
    },

    showPlayground(shown) {
      inPlayground = shown;
      const { sampling, stopSampling } = get();
      if (shown) {
        const draws = waiting;
        waiting = null;
        void draws?.();
      } else if (sampling.first && sampling.status === 'running') {
        waiting = again;
        stopSampling();
      }
    },

    followWithFirstSample() {
      if (begun) void get().drawFirstSample();
    },

    async openShipped(id) {
      const { dataset, origin } = shippedModels[id];
      const model = shippedModel(id);
      get().set(originGroup, { origin });
      if (get().values.data.dataset !== dataset) void get().chooseDataset?.(dataset);
      drawn = `${dataset} ${id}`;
      await draw(model);
    },
  };
};
