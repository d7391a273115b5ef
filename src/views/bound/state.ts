import { createDiffusion, type Diffusion } from '../../engine/diffusion/diffusion';
import type { EditingNeeds } from '../../store/editing';
import { studiedModel } from '../../store/studiedModel';
import type { StudyQuestion } from '../../store/studyRunner';
import { type MeasuringState, studyStore } from '../../store/studyStore';
import { type ValuesSlice, valuesOf } from '../../store/valuesSlice';
import { type ViewPlace, viewStore } from '../../store/viewStore';
import { boundGroup } from './settings';
import type { BoundResult, BoundTerm, bound } from './study';

export interface BoundState extends MeasuringState {
  /** As they come in. */
  terms: readonly BoundTerm[];
  /** Of the terms: null before the first run. */
  diffusion: Diffusion | null;
  /** Once all are there. */
  result: BoundResult | null;
}

export function createBound({ core, engine }: ViewPlace<ValuesSlice & EditingNeeds>) {
  return studyStore<typeof bound, BoundState>(engine, 'bound', (runner, set, get) => {
    function question(): StudyQuestion<typeof bound, BoundState> | string {
      const { model, source, problem } = studiedModel(core.getState());
      if (!model) return problem;
      const { schedule, nSteps } = model.config;
      return {
        source,
        request: valuesOf(core.getState(), boundGroup),
        begin: { terms: [], result: null, diffusion: createDiffusion(schedule, nSteps) },
        progress: (report) => report,
        hear: ({ term }) => set({ terms: [...get().terms, term] }),
        finish: (result) => ({ result }),
      };
    }

    return {
      terms: [],
      diffusion: null,
      result: null,
      measure: () => runner.ask(question()),
      recall: () => runner.recall(question()),
    };
  });
}

export const useBound = viewStore(createBound);

/** The sum of all terms, nats a dimension, and its standard error: terms stand for as many steps as they count. */
export function totalOf({ prior, terms }: BoundResult): Record<'steps' | 'decoder' | 'total', Amount> {
  const decoder = terms[0] as BoundTerm;
  const steps = { nats: 0, error: 0 };
  for (const { count, nats, error } of terms.slice(1)) {
    steps.nats += count * nats;
    steps.error = Math.hypot(steps.error, count * error);
  }
  const total = {
    nats: prior.nats + steps.nats + decoder.nats,
    error: Math.hypot(prior.error, steps.error, decoder.error),
  };
  return { steps, decoder, total };
}

export interface Amount {
  nats: number;
  error: number;
}
