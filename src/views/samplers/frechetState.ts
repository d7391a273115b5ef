import { isShippedDatasetId } from '../../engine/data/datasets';
import { generalSamplers } from '../../engine/diffusion/samplers/samplers';
import { type FrechetPoint, usualEvaluations } from '../../engine/quality/frechetCurve';
import { numberUsed } from '../../settings/group';
import type { EditingNeeds } from '../../store/editing';
import { contextOf } from '../../store/readiness';
import { studiedModel } from '../../store/studiedModel';
import type { StudyQuestion } from '../../store/studyRunner';
import { type MeasuringState, studyStore } from '../../store/studyStore';
import { type ValuesSlice, valuesOf } from '../../store/valuesSlice';
import { type ViewPlace, viewStore } from '../../store/viewStore';
import type { frechetByEvaluations } from './frechetStudy';
import { samplersGroup } from './settings';

/** `done` and `total` count network evaluations. */
export interface FrechetState extends MeasuringState {
  points: readonly FrechetPoint[];
  /** Samples behind each point and seed. */
  measured: number;
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
  return studyStore<typeof frechetByEvaluations, FrechetState>(
    engine,
    'frechetByEvaluations',
    (runner, set, get) => {
      function question(): StudyQuestion<typeof frechetByEvaluations, FrechetState> | string {
        const state = core.getState();
        const { source } = studiedModel(state);
        const problem = frechetProblem(state);
        if (!source || problem) return problem ?? 'There is no model yet.';
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
        points: [],
        measured: 0,
        measure: () => runner.ask(question()),
        recall: () => runner.recall(question()),
      };
    },
  );
}

export const useFrechet = viewStore(createFrechet);
