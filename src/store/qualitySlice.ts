import type { StateCreator } from 'zustand';
import type { DatasetId } from '../engine/data/datasets';
import { leastHeldOutCount } from '../engine/data/split';
import type { SamplerId } from '../engine/diffusion/samplers/samplers';
import { counts } from '../engine/quality/definitions';
import type { ModelSource } from '../worker/protocol';
import type { QualityReport, QualityResult } from '../worker/studies/quality';
import { type FactsNeeds, factsOf } from './datasetFacts';
import { type EditingNeeds, editingProblem, messageOf, type PictureShape } from './editing';
import { LatestStudy, type StudyEngine } from './latestStudy';
import { pointOf, type QualityPoint, withPoint } from './qualityHistory';
import { type SampledModel, sampledModel, sourceOf } from './sampledModel';
import { isTraining, type TrainingState } from './trainingState';

export interface QualitySettings {
  count: number;
  sampler: SamplerId;
  steps: number;
  seed: number;
  /** w of a model with classes. */
  guidance: number;
  /** Judge again and again while the model trains, every so many steps. */
  whileTraining: boolean;
  every: number;
}

/** A result with what it is of. */
export interface JudgedModel extends QualityResult {
  /** Whose model, after how many training steps. */
  judged: SampledModel;
  dataset: DatasetId;
  shape: PictureShape;
  count: number;
}

export interface QualityState {
  settings: QualitySettings;
  status: 'idle' | 'running' | 'finished' | 'stopped' | 'failed';
  progress: QualityReport | null;
  /** None before the first steps have shown how long one takes, and while pictures are compared. */
  secondsLeft: number | null;
  result: JudgedModel | null;
  /** Of the user's own model; begins anew with a new one. */
  history: QualityPoint[];
  /** For the user; the result before stays. */
  problem: string | null;
}

export interface QualitySlice {
  quality: QualityState;
  setQuality(settings: Partial<QualitySettings>): void;
  /** Draws samples and judges them. A run under way ends first. */
  judge(): Promise<void>;
  stopJudging(): void;
}

type Needs = QualitySlice & Omit<EditingNeeds, 'training'> & { training: TrainingState };

/** The slice over the engine: the worker's in the page, any other in a test. */
export function createQualitySlice(engine: StudyEngine): StateCreator<Needs, [], [], QualitySlice> {
  const latest = new LatestStudy(engine, 'quality');
  return (set, get, store) => {
    let runs = 0;
    /** Training steps of the user's model when it was asked about last, whatever came of it. */
    let askedAt = 0;
    const change = (quality: Partial<QualityState>) => set({ quality: { ...get().quality, ...quality } });

    async function run(model: SampledModel, source: ModelSource): Promise<void> {
      const mine = ++runs;
      if (!model.shipped) askedAt = model.trainedSteps;
      const { settings } = get().quality;
      const own = get().training.model;
      const { dataset } = get().settings;
      const shape = { size: model.config.imageSize, channels: model.config.imageChannels };
      const { sampler, steps, seed, guidance } = settings;
      const count = Math.min(settings.count, mostSamplesOf(get()));
      const request = { count, sampler, steps, seed, guidance };
      const begun = performance.now();
      change({ status: 'running', progress: null, secondsLeft: null, problem: null });
      try {
        const result = await latest.ask(source, request, (progress) =>
          change({ progress, secondsLeft: secondsLeft(progress, performance.now() - begun) }),
        );
        if (mine !== runs) return;
        if (!result) return change({ status: 'stopped', progress: null, secondsLeft: null });
        change({
          status: 'finished',
          progress: null,
          secondsLeft: null,
          result: { ...result, judged: model, dataset, shape, count },
        });
        const isOwn = !model.shipped && get().training.model === own;
        if (isOwn) change({ history: withPoint(get().quality.history, pointOf(model.trainedSteps, result)) });
      } catch (error) {
        if (mine === runs) change({ status: 'failed', progress: null, problem: messageOf(error) });
      }
    }

    store.subscribe(({ training, quality }, before) => {
      if (training.model !== before.training.model) {
        askedAt = 0;
        return change({ history: [] });
      }
      const { whileTraining, every } = quality.settings;
      if (!whileTraining || quality.status === 'running' || !isTraining(training) || !training.model) return;
      // Weights that diverged have gone back.
      askedAt = Math.min(askedAt, training.step);
      if (training.step - askedAt < every || editingProblem(get())) return;
      void run({ config: training.model.config, trainedSteps: training.step }, { own: 'ema' });
    });

    return {
      quality: {
        settings: {
          count: 64,
          sampler: 'ddim',
          steps: 25,
          seed: 1,
          guidance: 0,
          whileTraining: false,
          every: 500,
        },
        status: 'idle',
        progress: null,
        secondsLeft: null,
        result: null,
        history: [],
        problem: null,
      },

      setQuality(settings) {
        change({ settings: { ...get().quality.settings, ...settings } });
      },

      async judge() {
        const model = sampledModel(get());
        const problem = editingProblem(get());
        if (!model || problem) return change({ problem });
        await run(model, sourceOf(model, get().sampling.settings.weights));
      },

      stopJudging() {
        if (get().quality.status !== 'running') return;
        runs++;
        latest.stop();
        change({ status: 'stopped', progress: null, secondsLeft: null });
      },
    };
  };
}

/** The most samples that the data set of the page can judge. */
export function mostSamplesOf(state: Pick<EditingNeeds, 'settings'> & FactsNeeds): number {
  return Math.min(counts.most, leastHeldOutCount(factsOf(state, state.settings.dataset)));
}

/** By the steps taken so far; the comparison after them is short. */
function secondsLeft({ stage, done, total }: QualityReport, milliseconds: number): number | null {
  if (stage !== 'sampling' || done < 2) return null;
  return ((total - done) * milliseconds) / done / 1000;
}
