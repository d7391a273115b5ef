import type { EditingNeeds } from '../../store/editing';
import type { SampledModel } from '../../store/sampledModel';
import { studiedModel } from '../../store/studiedModel';
import { type StudyState, studyStore } from '../../store/studyStore';
import { type ValuesSlice, valuesOf } from '../../store/valuesSlice';
import { type ViewPlace, viewStore } from '../../store/viewStore';
import type { BrokenReport, breaking, Version } from './brokenStudy';
import { chosenModel, type Opened, openedCheckpoint } from './model/chosenModel';
import { networkGroup } from './settings';
import { settingsFor } from './state';

/** Samples and errors of the network as it is, and as it is changed. */
export interface Broken {
  model: SampledModel;
  /** The changes that were asked about, as JSON. */
  asked: string;
  /** Of each network. */
  count: number;
  /** Samples as far as they are, NHWC. */
  samples: Partial<Record<Version, Float32Array>>;
  done: number;
  total: number;
  /** Mean squared error of ε̂ by t, from 0, as they come in. */
  errors: ({ t: number } & Record<Version, number>)[];
}

export interface BrokenState extends StudyState {
  /** The newest; null before the first run. */
  shown: Broken | null;
  /** Draws samples and measures errors with the changes of now, beside the unbroken network. */
  compare(): Promise<void>;
}

const COUNT = 8;
const STEPS = 20;
const IMAGES = 32;
const TIMES = 10;

export function createBroken(
  { core, engine }: ViewPlace<ValuesSlice & EditingNeeds>,
  opened: Opened = openedCheckpoint,
) {
  return studyStore<typeof breaking, BrokenState>(engine, 'breaking', (runner, set, get) => ({
    shown: null,

    async compare() {
      const { model, source, problem } = studiedModel(
        core.getState(),
        chosenModel(core.getState(), opened()),
      );
      if (!model) return runner.refuse(problem);
      const { changes, seed } = settingsFor(valuesOf(core.getState(), networkGroup), model.config);
      const steps = Math.min(STEPS, model.config.nSteps);
      const first: Broken = {
        ...{ model, asked: JSON.stringify(changes), count: COUNT, samples: {}, errors: [], done: 0 },
        total: 2 * steps + TIMES,
      };
      await runner.ask({
        source,
        request: { changes, seed, count: COUNT, steps: STEPS, images: IMAGES, times: TIMES },
        begin: { shown: first },
        hear(report) {
          const shown = get().shown ?? first;
          const next = { ...added(shown, report), done: shown.done + 1 };
          set({ shown: next, done: next.done, total: next.total });
        },
        finish: (finished) => (finished ? {} : null),
      });
    },
  }));
}

export const useBroken = viewStore((place) => createBroken(place));

function added(before: Broken, report: BrokenReport): Broken {
  if (report.kind === 'samples')
    return { ...before, samples: { ...before.samples, [report.version]: report.images } };
  const { kind: _, ...error } = report;
  return { ...before, errors: [...before.errors, error] };
}
