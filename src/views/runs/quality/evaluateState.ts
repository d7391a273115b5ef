import { createStore, type StoreApi } from 'zustand/vanilla';
import { messageOf } from '../../../engine/messageOf';
import type { Evaluation, SampleChoice } from '../../../engine/quality/evaluateSamples';
import { pointOf } from '../../../engine/quality/qualityPoint';
import type { Study } from '../../../engine/study/study';
import type { StudyEngine } from '../../../store/latestStudy';
import type { PageValues } from '../../../store/valuesSlice';
import { keptQuality } from '../record/keptQuality';
import type { RunFacts } from '../record/run';
import type { RunsState } from '../runsState';
import type { KeptRun, RunStorage } from '../storage/runStorage';

/** The study of the view Quality, as far as runs ask it. */
type QualityStudy = Study<SampleChoice, Evaluation | null, { stage: string; done: number; total: number }>;

/** The same for every run: only such values can be compared. */
export const evaluated: SampleChoice = { count: 64, seed: 1, sampler: 'ddim', steps: 25, guidance: 0 };

export interface EvaluateState {
  /** The run whose checkpoint is evaluated now, and how far that is; null where none is. */
  current: { name: string; done: number; total: number } | null;
  problem: string | null;
  /** Evaluates the checkpoints of runs one after the other, and keeps the result with each. */
  evaluate(runs: readonly KeptRun[]): Promise<void>;
  stop(): void;
}

interface EvaluatePlace {
  page: { getState(): { values: Pick<PageValues, 'data'> } };
  runs: Pick<StoreApi<RunsState>, 'getState'>;
  storage: Pick<RunStorage, 'loadCheckpoint' | 'addQuality'>;
  engine: StudyEngine;
}

/** Runs with a checkpoint of which nothing is measured yet. */
export function unevaluated(runs: readonly KeptRun[]): KeptRun[] {
  return runs.filter(
    ({ facts, checkpoint, damage }) =>
      facts &&
      checkpoint &&
      damage === undefined &&
      !facts.quality.some(({ step }) => step === checkpoint.step),
  );
}

/** Measures the quality of runs whose checkpoint is kept. */
export function createEvaluating({ page, runs, storage, engine }: EvaluatePlace) {
  return createStore<EvaluateState>()((set, get) => {
    let stopped = false;

    async function measure({ id, name, facts, checkpoint }: KeptRun): Promise<void> {
      const { dataset, settings, title } = facts as RunFacts;
      if (dataset !== page.getState().values.data.dataset)
        throw new Error(
          `“${name}” learned ${title}. Choose that data set under Data, then evaluate the run.`,
        );
      const file = new Blob([(await storage.loadCheckpoint(id)) as Uint8Array<ArrayBuffer>]);
      const step = checkpoint?.step ?? 0;
      const result = await engine.study<QualityStudy>(
        'quality',
        { stored: { id: `run-${id}-${step}`, file }, weights: 'ema' },
        { ...evaluated, steps: Math.min(evaluated.steps, settings.model.nSteps) },
        ({ done, total }) => {
          if (!stopped) set({ current: { name, done, total } });
          return !stopped;
        },
      );
      if (result) await storage.addQuality(id, keptQuality(pointOf(step, result)));
    }

    return {
      current: null,
      problem: null,

      async evaluate(all) {
        if (get().current) return;
        stopped = false;
        set({ problem: null });
        try {
          for (const run of all) {
            if (stopped) break;
            set({ current: { name: run.name, done: 0, total: 0 } });
            await measure(run);
            await runs.getState().open();
          }
        } catch (error) {
          set({ problem: messageOf(error) });
        } finally {
          set({ current: null });
        }
      },

      stop() {
        stopped = true;
      },
    };
  });
}
