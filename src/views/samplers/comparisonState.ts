import { problemAnywhere } from '../../settings/group';
import { samplingGroup } from '../../settings/groups/sampling';
import type { SamplerChoices } from '../../settings/rows';
import { stepsOf } from '../../settings/samplingSettings';
import { type RecordedStep, Recorder, type Recording, recordingBudget } from '../../store/recording';
import { type ModelNeeds, type SampledModel, sampledModel, sourceOf } from '../../store/sampledModel';
import type { SessionState } from '../../store/sessionState';
import { type StudyState, studyStore } from '../../store/studyStore';
import { type PageValues, type ValuesSlice, valuesOf } from '../../store/valuesSlice';
import { type ViewPlace, viewStore } from '../../store/viewStore';
import type { ComparingReport, comparing } from './comparisonStudy';
import { type SamplersSettings, samplersGroup } from './settings';

export type Side = 0 | 1;

/** One of the two reverse processes, as far as it is. */
export interface ComparedRun {
  recording: Recording;
  /** Steps that are done; all of them are `recording.total`. */
  done: number;
  evaluations: number;
  /** In the network. */
  milliseconds: number;
  /** Length of the paths over the straight lines: 1 is straight. */
  pathLength: number;
  /** The images that it ended in, NHWC; null before. */
  images: Float32Array | null;
}

export interface ComparisonState extends StudyState {
  runs: readonly [ComparedRun, ComparedRun] | null;
  /** Part of the process that is shown, 0 (noise) … 1 (image); null follows the newest. */
  part: number | null;
  /** Index of the image that is marked on both sides. */
  image: number;
  compare(): Promise<void>;
  pause(): void;
  resume(): void;
  /** Moves both sides to a part of their process; null follows the newest. */
  showPart(part: number | null): void;
  selectImage(image: number): void;
}

/** What decides whether samplers can be compared, and with which model. */
export interface ComparisonNeeds extends ModelNeeds {
  session: Pick<SessionState, 'status'>;
  values: Pick<PageValues, 'data' | 'origin' | 'sampling'>;
}

/** Why nothing can be compared now; null where it can. */
export function comparisonProblem(state: ComparisonNeeds): string | null {
  if (state.session.status !== 'ready') return 'The engine is starting.';
  return sampledModel(state) ? null : 'There is no model for these images yet: train one first.';
}

/** The recorded step of a run that is shown: the last one within the part of the process. */
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

export function createComparison({ core, engine }: ViewPlace<ValuesSlice & ComparisonNeeds>) {
  return studyStore<typeof comparing, ComparisonState>(engine, 'comparing', (runner, set) => ({
    runs: null,
    part: null,
    image: 0,

    async compare() {
      const state = core.getState();
      const model = sampledModel(state);
      const settings = valuesOf(state, samplersGroup);
      const problem = comparisonProblem(state) ?? problemAnywhere(samplersGroup, settings);
      if (!model || problem) return runner.refuse(problem ?? 'There is no model yet.');
      const current = new Current(settings, model);
      const { count, seed, clipX0 } = settings;
      await runner.ask({
        source: sourceOf(model, state.values.sampling.weights),
        request: { count, seed, clipX0, sides: current.requests },
        begin: { runs: null, part: null },
        hear: (report) => current.receive(report),
        show: () => ({ runs: current.runs() }),
        finish: (finished) => {
          const runs = current.runs();
          // Ended early: what there is stays.
          if (!finished) set({ runs });
          return finished ? { runs } : null;
        },
      });
    },

    pause: () => runner.pause(),
    resume() {
      set({ part: null });
      runner.resume();
    },
    showPart: (part) => set({ part }),
    selectImage: (image) => set({ image }),
  }));
}

export const useComparison = viewStore(createComparison);

/** Keeps the steps of both sides of the run under way. */
class Current {
  readonly requests: [ComparedRequest, ComparedRequest];
  readonly #model: SampledModel;
  readonly #settings: SamplersSettings;
  readonly #recorders: (Recorder | null)[] = [null, null];
  readonly #last: (ComparingReport | null)[] = [null, null];

  constructor(settings: SamplersSettings, model: SampledModel) {
    this.#settings = settings;
    this.#model = model;
    const request = (side: SamplerChoices) => ({ ...side, steps: stepsOf(side, model.config) });
    this.requests = [request(settings.a), request(settings.b)];
  }

  receive(report: ComparingReport): void {
    const { side, index, total, t, x, x0 } = report;
    const { config, trainedSteps } = this.#model;
    const { count, seed, clipX0 } = this.#settings;
    const settings = { ...samplingGroup.defaults, count, seed, clipX0, ...this.requests[side] };
    this.#recorders[side] ??= new Recorder(
      { settings, model: config, trainedSteps },
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
    const { index, total, evaluations, milliseconds, pathLength, x } = last;
    const images = index === total ? x : null;
    return { recording: recorder.recording, done: index, evaluations, milliseconds, pathLength, images };
  }
}

type ComparedRequest = Omit<SamplerChoices, 'steps'> & { steps: number };
