import { createStore } from 'zustand/vanilla';
import { isShippedDatasetId } from '../../engine/data/datasets';
import { generalSamplers } from '../../engine/diffusion/samplers/samplers';
import { type FrechetPoint, usualEvaluations } from '../../engine/quality/frechetCurve';
import { numberUsed } from '../../settings/group';
import type { EditingNeeds } from '../../store/editing';
import { contextOf } from '../../store/readiness';
import { studiedModel } from '../../store/studiedModel';
import { idleRun, type StudyQuestion, type StudyRun, StudyRunner } from '../../store/studyRunner';
import { type ValuesSlice, valuesOf } from '../../store/valuesSlice';
import { type ViewPlace, viewStore } from '../../store/viewStore';
import type { ModelSource } from '../../worker/protocol';
import type { frechetByEvaluations } from './frechetStudy';
import { samplersGroup } from './settings';

/** `done` and `total` count network evaluations. */
export interface FrechetState extends StudyRun {
  points: readonly FrechetPoint[];
  /** Samples behind each point and seed. */
  measured: number;
  measure(): Promise<void>;
  /** Shows what was measured in advance of a model that ships, where the settings are the same. */
  recall(): Promise<void>;
  stop(): void;
}

type Needs = ValuesSlice & EditingNeeds;

/** Why no Fréchet distance can be measured now; null where it can. */
export function frechetProblem(state: Needs): string | null {
  const { problem } = studiedModel(state);
  if (problem !== null) return problem;
  if (!isShippedDatasetId(state.values.data.dataset))
    return 'Only the data sets of the page have a network that compares images. Choose one of them.';
  return null;
}

export function createFrechet({ core, engine }: ViewPlace<Needs>) {
  return createStore<FrechetState>()((set, get, store) => {
    const runner = new StudyRunner<typeof frechetByEvaluations, FrechetState>(
      engine,
      'frechetByEvaluations',
      store,
    );

    function question(source: ModelSource): StudyQuestion<typeof frechetByEvaluations, FrechetState> {
      const state = core.getState();
      const { samples, seeds } = valuesOf(state, samplersGroup);
      const count = numberUsed(samplersGroup.rows.samples, samples, contextOf(state));
      return {
        source,
        request: {
          count,
          guidance: 0,
          samplers: generalSamplers,
          evaluations: usualEvaluations,
          seeds: Array.from({ length: seeds }, (_, i) => i + 1),
        },
        begin: { points: [], measured: count },
        progress: (report) => report,
        hear({ point }) {
          if (point) set({ points: [...get().points, point] });
        },
        finish: (finished) => (finished ? {} : null),
      };
    }

    return {
      ...idleRun,
      points: [],
      measured: 0,

      async measure() {
        const { source } = studiedModel(core.getState());
        const problem = frechetProblem(core.getState());
        if (!source || problem) return runner.refuse(problem ?? 'There is no model yet.');
        await runner.ask(question(source));
      },

      async recall() {
        const { source } = studiedModel(core.getState());
        if (source && !frechetProblem(core.getState())) await runner.recall(question(source));
      },

      stop: () => runner.stop(),
    };
  });
}

export const useFrechet = viewStore(createFrechet);
