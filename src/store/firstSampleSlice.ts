import type { StateCreator } from 'zustand';
import { type ShippedModelId, shippedModels } from '../engine/models/shippedModels';
import type { FactsNeeds } from './datasetFacts';
import type { DatasetSlice } from './datasetSlice';
import { firstSampleChoices } from './firstSampleChoices';
import { modelOf, modelOrigins, type SampledModel, sampledModel, shippedModel } from './sampledModel';
import type { SamplingChoices } from './samplingSettings';
import { isActive, type SamplingSlice } from './samplingSlice';
import { isQuick, type SessionSlice } from './sessionSlice';
import type { SettingsSlice } from './settingsSlice';
import type { ShareSlice } from './share/shareSlice';
import type { TrainingSlice } from './trainingSlice';
import { isTraining } from './trainingState';

export interface FirstSampleSlice {
  /**
   * Draws pictures from the model that ships for the data set, where nothing was trained, or those of a link; what it drew
   * for another data set goes. Gives way to training, to another view and to a run of the visitor's own, and leaves a
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
  SamplingSlice &
  SessionSlice &
  SettingsSlice &
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

  /** The model to draw from, and how; null for none. */
  function wanted(): { model: SampledModel; choices: Partial<SamplingChoices> } | null {
    const { training, share, settings } = get();
    if (!isQuick(get())) return null;
    const shared = share?.opened?.dataset === settings.dataset && sampledModel(get());
    if (shared) return { model: shared, choices: {} };
    const [origin] = modelOrigins(get()).filter((one) => one !== 'own');
    const model = origin && modelOf(get(), origin);
    const untouched = training.status === 'idle' && training.step === 0;
    return model && untouched ? { model, choices: firstSampleChoices(model.config) } : null;
  }

  async function draw(model: SampledModel, choices: Partial<SamplingChoices>): Promise<void> {
    waiting = null;
    const { step } = get().training;
    const unsubscribe = store.subscribe(({ training, sampling, stopSampling }, before) => {
      const begins = training.status === 'starting' && before.training.status !== 'starting';
      if (begins && sampling.first) stopSampling();
    });
    again = async () => {
      const { sampling, training } = get();
      const untrained = training.step === step && !isTraining(training);
      if (untrained && sampling.first && sampling.status !== 'finished') await draw(model, choices);
    };
    await get().startSampling(model, { choices, first: true });
    unsubscribe();
  }

  return {
    async drawFirstSample() {
      begun = true;
      const { sampling, settings, forgetSampling } = get();
      // A run of the visitor's own goes on.
      if (!sampling.first && isActive(sampling)) return;
      const found = wanted();
      const what = found && `${settings.dataset} ${found.model.shipped ?? 'own'}`;
      const known = sampling.first
        ? what === drawn && sampling.status !== 'failed'
        : found?.model.shipped !== undefined && sampling.recording?.settings.shipped === found.model.shipped;
      if (known) return;
      if (found && inPlayground) {
        drawn = what as string;
        return draw(found.model, found.choices);
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
      const { dataset } = shippedModels[id];
      const model = shippedModel(id);
      get().chooseModelOrigin(model.config.nClasses > 0 ? 'shippedByClass' : 'shipped');
      if (get().settings.dataset !== dataset) void get().chooseDataset?.(dataset);
      drawn = `${dataset} ${id}`;
      await draw(model, firstSampleChoices(model.config));
    },
  };
};
