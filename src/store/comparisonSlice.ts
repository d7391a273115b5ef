import type { StateCreator } from 'zustand';
import type { ModelConfig } from '../engine/unet/config';
import type { ComparingReport } from '../worker/studies/comparing';
import { type EditingNeeds, messageOf } from './editing';
import { LatestStudy, type StudyEngine } from './latestStudy';
import { oncePerFrame } from './oncePerFrame';
import { type RecordedStep, Recorder, type Recording, recordingBudget } from './recording';
import { type SampledModel, sampledModel, sourceOf } from './sampledModel';
import { defaultSamplingChoices, type SamplerChoices, samplingProblem, stepsOf } from './samplingSettings';

/** What both sides have in common. */
export interface ComparisonSettings {
  count: number;
  seed: number;
  clipX0: boolean;
}

export type Side = 0 | 1;

/** One of the two ways back, as far as it is. */
export interface ComparedRun {
  recording: Recording;
  /** Steps that are done; all of them are `recording.total`. */
  done: number;
  calls: number;
  /** In the network. */
  milliseconds: number;
  /** The pictures that it ended in, NHWC; null before. */
  pictures: Float32Array | null;
}

export interface ComparisonState {
  settings: ComparisonSettings;
  sides: readonly [SamplerChoices, SamplerChoices];
  status: 'idle' | 'running' | 'paused' | 'finished' | 'stopped' | 'failed';
  /** For the user; what was drawn before stays. */
  problem: string | null;
  runs: readonly [ComparedRun, ComparedRun] | null;
  /** Part of the way that is shown, 0 (noise) … 1 (picture); null follows the newest. */
  part: number | null;
  /** Index of the picture that is marked on both sides. */
  picture: number;
}

export interface ComparisonSlice {
  comparison: ComparisonState;
  setComparison(settings: Partial<ComparisonSettings>): void;
  setSide(side: Side, choices: Partial<SamplerChoices>): void;
  swapSides(): void;
  runComparison(): Promise<void>;
  pauseComparison(): void;
  resumeComparison(): void;
  stopComparison(): void;
  /** Moves both sides to a part of their way; null follows the newest. */
  showPart(part: number | null): void;
  selectComparedPicture(picture: number): void;
}

/** Parts of the store that decide whether samplers can be compared, and with which model. */
export type ComparisonNeeds = Pick<EditingNeeds, 'session' | 'settings' | 'training' | 'sampling'>;

type Needs = ComparisonSlice & ComparisonNeeds;

/** Why nothing can be compared now; null where it can. */
export function comparisonProblem(state: ComparisonNeeds): string | null {
  if (state.session.status !== 'ready') return 'The engine is starting.';
  return sampledModel(state) ? null : 'There is no model for these pictures yet: train one first.';
}

/** Whether a comparison is under way. */
export function isComparing({ status }: Pick<ComparisonState, 'status'>): boolean {
  return status === 'running' || status === 'paused';
}

/** The recorded step of a run that is shown: the last one within the part of the way. */
export function stepAtPart({ recording: { steps, total } }: ComparedRun, part: number | null): RecordedStep {
  const newest = steps.at(-1) as RecordedStep;
  if (part === null) return newest;
  // Rounding must not hide the step at the very part.
  return steps.findLast(({ index }) => index <= part * total + 1e-6) ?? newest;
}

/** How far both sides are, 0 … 1. */
export function partDone(runs: ComparisonState['runs']): number {
  return runs ? Math.min(...runs.map(({ done, recording }) => done / recording.total)) : 0;
}

const { sampler: _, ...common } = defaultSamplingChoices;
const { variance, eta, noiseAtEnd } = common;

/** The slice over the engine: the worker's in the page, any other in a test. */
export function createComparisonSlice(engine: StudyEngine): StateCreator<Needs, [], [], ComparisonSlice> {
  const latest = new LatestStudy(engine, 'comparing');
  let runs = 0;
  /** Lets a study go on that is held. */
  let release: () => void = () => {};

  return (set, get) => {
    const change = (comparison: Partial<ComparisonState>) =>
      set({ comparison: { ...get().comparison, ...comparison } });
    const show = oncePerFrame(({ run, current }: { run: number; current: Current }) => {
      if (run === runs) change({ runs: current.runs() });
    });

    return {
      comparison: {
        settings: { count: 16, seed: 1, clipX0: true },
        sides: [
          { variance, eta, noiseAtEnd, sampler: 'ddim', steps: 20, spacing: 'even' },
          { variance, eta, noiseAtEnd, sampler: 'dpmSolver', steps: 10, spacing: 'logSnr' },
        ],
        status: 'idle',
        problem: null,
        runs: null,
        part: null,
        picture: 0,
      },

      setComparison(settings) {
        change({ settings: { ...get().comparison.settings, ...settings } });
      },

      setSide(side, choices) {
        const [a, b] = get().comparison.sides;
        change({ sides: side === 0 ? [{ ...a, ...choices }, b] : [a, { ...b, ...choices }] });
      },

      swapSides() {
        const [a, b] = get().comparison.sides;
        change({ sides: [b, a] });
      },

      async runComparison() {
        const model = sampledModel(get());
        const { settings, sides } = get().comparison;
        const problem =
          comparisonProblem(get()) ??
          sides.map((side) => samplingProblem({ ...common, ...settings, ...side })).find(Boolean) ??
          null;
        if (!model || problem) return change({ problem });
        const run = ++runs;
        release();
        const current = new Current(settings, sides, model);
        change({ status: 'running', problem: null, runs: null, part: null });
        try {
          const source = sourceOf(model, get().sampling.settings.weights);
          const finished = await latest.ask(source, { ...settings, sides: current.requests }, (report) => {
            current.receive(report);
            show({ run, current });
            if (get().comparison.status !== 'paused') return;
            return new Promise<void>((resolve) => {
              release = resolve;
            });
          });
          if (run !== runs) return;
          change({ runs: current.runs(), status: finished ? 'finished' : 'stopped' });
        } catch (error) {
          if (run === runs) change({ status: 'failed', problem: messageOf(error) });
        }
      },

      pauseComparison() {
        if (get().comparison.status === 'running') change({ status: 'paused' });
      },

      resumeComparison() {
        if (get().comparison.status !== 'paused') return;
        change({ status: 'running', part: null });
        release();
      },

      stopComparison() {
        if (!isComparing(get().comparison)) return;
        runs++;
        latest.stop();
        release();
        change({ status: 'stopped' });
      },

      showPart(part) {
        change({ part });
      },

      selectComparedPicture(picture) {
        change({ picture });
      },
    };
  };
}

/** Keeps the steps of both sides of the run under way. */
class Current {
  readonly requests: [ComparedRequest, ComparedRequest];
  readonly #model: SampledModel;
  readonly #settings: ComparisonSettings;
  readonly #recorders: (Recorder | null)[] = [null, null];
  readonly #last: (ComparingReport | null)[] = [null, null];

  constructor(settings: ComparisonSettings, sides: ComparisonState['sides'], model: SampledModel) {
    this.#settings = settings;
    this.#model = model;
    const request = (side: Side) => requestOf(sides[side], model.config);
    this.requests = [request(0), request(1)];
  }

  receive(report: ComparingReport): void {
    const { side, index, total, t, x, x0 } = report;
    const { config, trainedSteps } = this.#model;
    this.#recorders[side] ??= new Recorder(
      { settings: { ...common, ...this.#settings, ...this.requests[side] }, model: config, trainedSteps },
      total,
      recordingBudget / 2,
    );
    this.#recorders[side]?.record({ index, total, t, x, x0, eps: null });
    this.#last[side] = report;
  }

  /** Null until both have begun. */
  runs(): ComparisonState['runs'] {
    const [a, b] = [this.#run(0), this.#run(1)];
    return a && b && [a, b];
  }

  #run(side: Side): ComparedRun | null {
    const [recorder, last] = [this.#recorders[side], this.#last[side]];
    if (!recorder || !last) return null;
    const { index, total, calls, milliseconds, x } = last;
    const pictures = index === total ? x : null;
    return { recording: recorder.recording, done: index, calls, milliseconds, pictures };
  }
}

type ComparedRequest = SamplerChoices & { steps: number };

function requestOf(choices: SamplerChoices, config: ModelConfig): ComparedRequest {
  return { ...choices, steps: stepsOf(choices, config) };
}
