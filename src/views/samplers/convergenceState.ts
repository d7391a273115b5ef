import {
  deterministicSamplers,
  type SamplerId,
  samplers,
  stepsWithin,
} from '../../engine/diffusion/samplers/samplers';
import type { SpacingId } from '../../engine/diffusion/samplers/spacings';
import { sampledModel, sourceOf } from '../../store/sampledModel';
import type { StudyQuestion } from '../../store/studyRunner';
import { type MeasuringState, studyStore } from '../../store/studyStore';
import { type ValuesSlice, valuesOf } from '../../store/valuesSlice';
import { type ViewPlace, viewStore } from '../../store/viewStore';
import { type ComparisonNeeds, comparisonProblem } from './comparisonState';
import type { ConvergencePoint, ConvergingRequest, converging } from './convergenceStudy';
import { samplersGroup } from './settings';

/** Network evaluations that each may spend. */
const budgets = [5, 10, 20, 40, 80];

/** `done` and `total` count network evaluations. */
export interface ConvergenceState extends MeasuringState {
  points: readonly ConvergencePoint[];
  /** Of the points: the sampler that they are measured against, and its steps. */
  measuredBy: { reference: SamplerId; steps: number } | null;
}

export function createConvergence({ core, engine }: ViewPlace<ValuesSlice & ComparisonNeeds>) {
  return studyStore<typeof converging, ConvergenceState>(engine, 'converging', (runner, set, get) => {
    function question(): StudyQuestion<typeof converging, ConvergenceState> | string {
      const model = sampledModel(core.getState());
      const problem = comparisonProblem(core.getState());
      if (!model || problem) return problem ?? 'There is no model yet.';
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
      points: [],
      measuredBy: null,
      // From the noise of the comparison, with its number of images.
      measure: () => runner.ask(question()),
      recall: () => runner.recall(question()),
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
