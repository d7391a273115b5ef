import type { StateCreator } from 'zustand';
import { createDiffusion, type Diffusion } from '../engine/diffusion/diffusion';
import type { BoundReport, BoundRequest, BoundResult, BoundTerm } from '../worker/studies/bound';
import { type EditingNeeds, type EditStatus, editingProblem, messageOf } from './editing';
import { LatestStudy, type StudyEngine } from './latestStudy';
import { sampledModel, sourceOf } from './sampledModel';

export interface BoundState {
  settings: BoundRequest;
  status: EditStatus;
  done: number;
  total: number;
  /** Estimated from the steps so far; none before the first. */
  secondsLeft: number | null;
  /** As they come in. */
  terms: readonly BoundTerm[];
  /** Of the terms: null before the first run. */
  diffusion: Diffusion | null;
  /** Once all are there. */
  result: BoundResult | null;
  problem: string | null;
}

export interface BoundSlice {
  bound: BoundState;
  setBound(settings: Partial<BoundRequest>): void;
  /** Measures the bound of the model as it is now; a run under way ends. */
  measureBound(): Promise<void>;
  stopBound(): void;
}

type Needs = BoundSlice & EditingNeeds;

/** The slice over the engine: the worker's in the page, any other in a test. */
export function createBoundSlice(engine: StudyEngine): StateCreator<Needs, [], [], BoundSlice> {
  const latest = new LatestStudy(engine, 'bound');
  return (set, get) => {
    const change = (bound: Partial<BoundState>) => set({ bound: { ...get().bound, ...bound } });
    let runs = 0;
    return {
      bound: {
        settings: { stretches: 40, pictures: 64, variance: 'beta', clipX0: true, seed: 1 },
        ...{ status: 'idle', done: 0, total: 0, secondsLeft: null, terms: [], diffusion: null },
        ...{ result: null, problem: null },
      },

      setBound(settings) {
        change({ settings: { ...get().bound.settings, ...settings } });
      },

      async measureBound() {
        const model = sampledModel(get());
        const problem = editingProblem(get());
        if (!model || problem) return change({ problem });
        const run = ++runs;
        const { settings } = get().bound;
        const { schedule, nSteps } = model.config;
        const fresh = { done: 0, total: 0, secondsLeft: null, terms: [], result: null, problem: null };
        change({ ...fresh, status: 'running', diffusion: createDiffusion(schedule, nSteps) });
        const begun = performance.now();
        const hear = ({ done, total, term }: BoundReport) => {
          if (run !== runs) return;
          const secondsLeft = ((performance.now() - begun) / 1000 / done) * (total - done);
          change({ done, total, secondsLeft, terms: [...get().bound.terms, term] });
        };
        try {
          const result = await latest.ask(sourceOf(model, get().sampling.settings.weights), settings, hear);
          if (result && run === runs) change({ result, status: 'finished', secondsLeft: null });
        } catch (error) {
          if (run === runs) change({ status: 'failed', problem: messageOf(error) });
        }
      },

      stopBound() {
        if (get().bound.status !== 'running') return;
        runs++;
        latest.stop();
        change({ status: 'stopped', secondsLeft: null });
      },
    };
  };
}

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
