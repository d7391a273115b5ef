import { createStore } from 'zustand/vanilla';
import { createDiffusion, type Diffusion } from '../../engine/diffusion/diffusion';
import type { EditingNeeds } from '../../store/editing';
import { type Studied, studiedModel } from '../../store/studiedModel';
import { idleRun, type StudyQuestion, type StudyRun, StudyRunner } from '../../store/studyRunner';
import { type ValuesSlice, valuesOf } from '../../store/valuesSlice';
import { type ViewPlace, viewStore } from '../../store/viewStore';
import { boundGroup } from './settings';
import type { BoundResult, BoundTerm, bound } from './study';

export interface BoundState extends StudyRun {
  /** As they come in. */
  terms: readonly BoundTerm[];
  /** Of the terms: null before the first run. */
  diffusion: Diffusion | null;
  /** Once all are there. */
  result: BoundResult | null;
  /** Measures the bound of the model as it is now; a run under way ends. */
  measure(): Promise<void>;
  /** Shows what was measured in advance of a model that ships, where the settings are the same. */
  recall(): Promise<void>;
  stop(): void;
}

export function createBound({ core, engine }: ViewPlace<ValuesSlice & EditingNeeds>) {
  return createStore<BoundState>()((set, get, store) => {
    const runner = new StudyRunner<typeof bound, BoundState>(engine, 'bound', store);

    function question({ model, source }: Studied): StudyQuestion<typeof bound, BoundState> {
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
      ...idleRun,
      terms: [],
      diffusion: null,
      result: null,

      async measure() {
        const studied = studiedModel(core.getState());
        if (!studied.model) return runner.refuse(studied.problem);
        await runner.ask(question(studied));
      },

      async recall() {
        const studied = studiedModel(core.getState());
        if (studied.model) await runner.recall(question(studied));
      },

      stop: () => runner.stop(),
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
