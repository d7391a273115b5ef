import { createStore, type StoreApi } from 'zustand/vanilla';
import { parameterCount } from '../../../engine/unet/size';
import type { Settings } from '../../../settings/settings';
import { createTrainingSlice, type TrainingSlice } from '../../../store/trainingSlice';
import type { EngineApi, SecondBeginning } from '../../../worker/protocol';
import type { RunRecorder } from '../record/recorder';
import type { RecordedPage, RecorderPlace } from '../record/recorderPlace';
import type { QueueCore } from './queueCore';

/** What the second model's training asks of the engine. */
export type SecondEngine = Pick<EngineApi, 'trainSecond' | 'pauseTraining'>;

export interface SecondPlace {
  core: Pick<StoreApi<QueueCore>, 'getState'>;
  engine: SecondEngine;
  /** Records what the store tells of the second model; null where runs are not recorded. */
  record(place: Pick<RecorderPlace, 'core' | 'engine'>): RunRecorder | null;
}

/** A run of a second model, in turns with that of the page. */
export interface SecondTraining {
  /** Trains on, or begins; resolves when it is done or paused. */
  train(): Promise<TrainingSlice['training']>;
  pause(): Promise<void>;
  training(): TrainingSlice['training'];
  subscribe(listener: () => void): () => void;
  /** Resolves when all of it is kept. */
  kept(): Promise<void>;
}

/** A new second model with these settings. Between two pauses the engine has none of it: the page keeps its bundle. */
export function secondTraining(
  { core, engine, record }: SecondPlace,
  settings: Settings,
  words: string,
): SecondTraining {
  let begin: SecondBeginning | null = null;
  let last: { bytes: Uint8Array; step: number } | null = null;
  let recorder: RunRecorder | null = null;

  const keep = async (bundle: Uint8Array, step: number) => {
    last = { bytes: bundle, step };
    begin = { bundle };
    await recorder?.keepBundle(bundle, step);
  };
  const slice = createTrainingSlice({
    async createModel(config, seed) {
      begin = { config, seed };
      return { config, parameters: parameterCount(config) };
    },
    async train(training, listen) {
      if (!begin) throw new Error('There is no second model.');
      return engine.trainSecond(begin, training, listen, keep);
    },
    changeTraining: async () => {},
    pauseTraining: () => engine.pauseTraining(),
    restore: async () => null,
    drawPreview: () => Promise.reject(new Error('The second model draws while it trains.')),
  });
  const page = core.getState();
  const store = createStore<QueueCore>()((...parts) => ({
    ...page,
    values: { ...page.values, settings },
    drafts: {},
    ...slice(...(parts as unknown as Parameters<typeof slice>)),
  }));
  recorder = record({
    core: store as unknown as StoreApi<RecordedPage>,
    engine: {
      async exportModel() {
        if (!last) throw new Error('Nothing of the second model is kept yet.');
        return { ...last, config: settings.model, dataset: page.values.data.dataset, loss: null };
      },
      drawPreview: () => Promise.reject(new Error('The second model draws while it trains.')),
    },
  });
  recorder?.nameNext(words);
  return {
    async train() {
      await store.getState().startTraining();
      return store.getState().training;
    },
    pause: () => store.getState().pauseTraining(),
    training: () => store.getState().training,
    subscribe: (listener) => store.subscribe(listener),
    kept: async () => {
      await recorder?.keepCheckpoint();
      await recorder?.written();
    },
  };
}
