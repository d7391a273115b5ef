import type { StateCreator } from 'zustand';
import { type SamplerId, samplers } from '../engine/diffusion/samplers/samplers';
import type { SpacingId } from '../engine/diffusion/samplers/spacings';
import type { ConvergencePoint, ConvergingReport, ConvergingRequest } from '../worker/studies/converging';
import { type ComparisonNeeds, type ComparisonSlice, comparisonProblem } from './comparisonSlice';
import { type EditStatus, messageOf } from './editing';
import { LatestStudy, type StudyEngine } from './latestStudy';
import { oncePerFrame } from './oncePerFrame';
import { sampledModel, sourceOf } from './sampledModel';

/** Samplers that end in the same pictures each time. */
export const deterministic = ['ddim', 'dpmSolver', 'heun'] as const satisfies SamplerId[];

/** Network calls that each may spend. */
const budgets = [5, 10, 20, 40, 80];

export interface ConvergenceState {
  /** Takes all T steps. */
  reference: 'ddim' | 'heun';
  /** Of all that are measured; null is what suits each. */
  spacing: SpacingId | null;
  status: EditStatus;
  /** Network calls. */
  done: number;
  total: number;
  points: readonly ConvergencePoint[];
  /** Of the points: the sampler that they are measured by, and its steps. */
  measuredBy: { reference: SamplerId; steps: number } | null;
  problem: string | null;
}

export interface ConvergenceSlice {
  convergence: ConvergenceState;
  setConvergence(choices: Partial<Pick<ConvergenceState, 'reference' | 'spacing'>>): void;
  /** Measures from the noise of the comparison, with its number of pictures. */
  runConvergence(): Promise<void>;
  stopConvergence(): void;
}

type Needs = ConvergenceSlice & ComparisonSlice & ComparisonNeeds;

/** The slice over the engine: the worker's in the page, any other in a test. */
export function createConvergenceSlice(engine: StudyEngine): StateCreator<Needs, [], [], ConvergenceSlice> {
  const latest = new LatestStudy(engine, 'converging');
  let runs = 0;
  return (set, get) => {
    const change = (convergence: Partial<ConvergenceState>) =>
      set({ convergence: { ...get().convergence, ...convergence } });
    const showProgress = oncePerFrame(({ run, done, total }: { run: number } & Progress) => {
      if (run === runs && get().convergence.status === 'running') change({ done, total });
    });

    return {
      convergence: {
        reference: 'ddim',
        spacing: null,
        status: 'idle',
        done: 0,
        total: 0,
        points: [],
        measuredBy: null,
        problem: null,
      },

      setConvergence(choices) {
        change(choices);
      },

      async runConvergence() {
        const model = sampledModel(get());
        const problem = comparisonProblem(get());
        if (!model || problem) return change({ problem });
        const run = ++runs;
        const { reference, spacing } = get().convergence;
        const { nSteps } = model.config;
        const measuredBy = { reference, steps: nSteps };
        change({ status: 'running', problem: null, done: 0, total: 0, points: [], measuredBy });
        try {
          const request = { ...get().comparison.settings, reference, lines: linesOf(spacing, nSteps) };
          const source = sourceOf(model, get().sampling.settings.weights);
          const finished = await latest.ask(source, request, ({ done, total, point }) => {
            if (run !== runs) return;
            if (point) change({ points: [...get().convergence.points, point], done, total });
            else showProgress({ run, done, total });
          });
          if (run === runs) change({ status: finished ? 'finished' : 'stopped' });
        } catch (error) {
          if (run === runs) change({ status: 'failed', problem: messageOf(error) });
        }
      },

      stopConvergence() {
        if (get().convergence.status !== 'running') return;
        runs++;
        latest.stop();
        change({ status: 'stopped' });
      },
    };
  };
}

type Progress = Pick<ConvergingReport, 'done' | 'total'>;

/** What each sampler can do with each budget, in fewer than all T steps. */
function linesOf(spacing: SpacingId | null, nSteps: number): ConvergingRequest['lines'] {
  return deterministic.map((sampler) => ({
    sampler,
    spacing: spacing ?? samplers[sampler].usual.spacing,
    steps: budgets.map((budget) => mostSteps(sampler, budget)).filter((steps) => steps < nSteps),
  }));
}

function mostSteps(sampler: SamplerId, budget: number): number {
  let steps = 1;
  while (samplers[sampler].calls(steps + 1) <= budget) steps++;
  return steps;
}
