import { createStore } from 'zustand/vanilla';
import {
  deterministicSamplers,
  type SamplerId,
  samplers,
  stepsWithin,
} from '../../engine/diffusion/samplers/samplers';
import type { SpacingId } from '../../engine/diffusion/samplers/spacings';
import { type SampledModel, sampledModel, sourceOf } from '../../store/sampledModel';
import { idleRun, type StudyQuestion, type StudyRun, StudyRunner } from '../../store/studyRunner';
import { type ValuesSlice, valuesOf } from '../../store/valuesSlice';
import { type ViewPlace, viewStore } from '../../store/viewStore';
import { type ComparisonNeeds, comparisonProblem } from './comparisonState';
import type { ConvergencePoint, ConvergingRequest, converging } from './convergenceStudy';
import { samplersGroup } from './settings';

/** Network evaluations that each may spend. */
const budgets = [5, 10, 20, 40, 80];

/** `done` and `total` count network evaluations. */
export interface ConvergenceState extends StudyRun {
  points: readonly ConvergencePoint[];
  /** Of the points: the sampler that they are measured against, and its steps. */
  measuredBy: { reference: SamplerId; steps: number } | null;
  /** Measures from the noise of the comparison, with its number of images. */
  measure(): Promise<void>;
  /** Shows what was measured in advance of a model that ships, where the settings are the same. */
  recall(): Promise<void>;
  stop(): void;
}

export function createConvergence({ core, engine }: ViewPlace<ValuesSlice & ComparisonNeeds>) {
  return createStore<ConvergenceState>()((set, get, store) => {
    const runner = new StudyRunner<typeof converging, ConvergenceState>(engine, 'converging', store);

    function question(model: SampledModel): StudyQuestion<typeof converging, ConvergenceState> {
      const { values } = core.getState();
      const { count, seed, clipX0, reference, spacing } = valuesOf(core.getState(), samplersGroup);
      const { nSteps } = model.config;
      return {
        source: sourceOf(model, values.sampling.weights),
        request: { count, seed, clipX0, reference, lines: linesOf(spacing, nSteps) },
        begin: { points: [], measuredBy: { reference, steps: nSteps } },
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
      measuredBy: null,

      async measure() {
        const model = sampledModel(core.getState());
        const problem = comparisonProblem(core.getState());
        if (!model || problem) return runner.refuse(problem ?? 'There is no model yet.');
        await runner.ask(question(model));
      },

      async recall() {
        const model = sampledModel(core.getState());
        if (model && !comparisonProblem(core.getState())) await runner.recall(question(model));
      },

      stop: () => runner.stop(),
    };
  });
}

export const useConvergence = viewStore(createConvergence);

/** What each sampler can do with each budget, in fewer than all T steps. */
function linesOf(spacing: SpacingId | null, nSteps: number): ConvergingRequest['lines'] {
  return deterministicSamplers.map((sampler) => ({
    sampler,
    spacing: spacing ?? samplers[sampler].defaults.spacing,
    steps: budgets.map((budget) => stepsWithin(sampler, budget, nSteps)).filter((steps) => steps < nSteps),
  }));
}
