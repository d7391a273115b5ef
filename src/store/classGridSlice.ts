import type { StateCreator } from 'zustand';
import type { ReverseReport } from '../worker/studies/reverseReport';
import { classModel, classProblem } from './classModel';
import { type EditStatus, messageOf } from './editing';
import { LatestStudy, type StudyEngine } from './latestStudy';
import { oncePerFrame } from './oncePerFrame';
import { type ModelNeeds, sourceOf } from './sampledModel';
import type { SamplingState } from './samplingSlice';
import type { SessionState } from './sessionSlice';

/** w of the columns. */
export const gridGuidances = [0, 1, 2, 4, 8];

export interface ClassGridSettings {
  /** Of DDIM. */
  steps: number;
  seed: number;
}

export interface ClassGridState {
  settings: ClassGridSettings;
  status: EditStatus;
  done: number;
  total: number;
  /** x_t row by row, a row a class, a column a w; null before the first run. */
  pictures: Float32Array | null;
  /** Of the pictures. */
  shape: { size: number; channels: number; classes: number } | null;
  /** For the user; the pictures before stay. */
  problem: string | null;
}

export interface ClassGridSlice {
  classGrid: ClassGridState;
  setClassGrid(settings: Partial<ClassGridSettings>): void;
  /** Draws every class at every w. The latest call wins. */
  runClassGrid(): Promise<void>;
  stopClassGrid(): void;
}

/** What asking for a class needs of the store. */
export interface ClassNeeds extends ModelNeeds {
  session: Pick<SessionState, 'status' | 'problem'>;
  sampling: Pick<SamplingState, 'origin' | 'settings'>;
}

/** The slice over the engine: the worker's in the page, any other in a test. */
export function createClassGridSlice(
  engine: StudyEngine,
): StateCreator<ClassGridSlice & ClassNeeds, [], [], ClassGridSlice> {
  const latest = new LatestStudy(engine, 'classGrid');
  let runs = 0;
  return (set, get) => {
    const change = (classGrid: Partial<ClassGridState>) =>
      set({ classGrid: { ...get().classGrid, ...classGrid } });
    const show = oncePerFrame(({ run, report }: { run: number; report: ReverseReport }) => {
      if (run !== runs || get().classGrid.status !== 'running') return;
      const { done, total, x } = report;
      change({ done, total, pictures: x });
    });
    return {
      classGrid: {
        settings: { steps: 40, seed: 2 },
        status: 'idle',
        done: 0,
        total: 0,
        pictures: null,
        shape: null,
        problem: null,
      },

      setClassGrid(settings) {
        change({ settings: { ...get().classGrid.settings, ...settings } });
      },

      async runClassGrid() {
        const model = classModel(get());
        const problem = classProblem(get());
        if (!model || problem) return change({ problem });
        const run = ++runs;
        const { nClasses, nSteps, imageSize: size, imageChannels: channels } = model.config;
        const { steps, seed } = get().classGrid.settings;
        const labels = Array.from({ length: nClasses }, (_, label) => label);
        const shape = { size, channels, classes: nClasses };
        const before = get().classGrid.shape;
        // Other pictures do not fit the grid.
        const fits = before?.size === size && before.channels === channels && before.classes === nClasses;
        change({
          status: 'running',
          problem: null,
          done: 0,
          total: 0,
          shape,
          ...(!fits && { pictures: null }),
        });
        try {
          const request = { labels, guidances: gridGuidances, steps: Math.min(steps, nSteps), seed };
          const source = sourceOf(model, get().sampling.settings.weights);
          const pictures = await latest.ask(source, request, (report) => show({ run, report }));
          if (run === runs && pictures) change({ status: 'finished', pictures, done: get().classGrid.total });
        } catch (error) {
          if (run === runs) change({ status: 'failed', problem: messageOf(error) });
        }
      },

      stopClassGrid() {
        if (get().classGrid.status !== 'running') return;
        runs++;
        latest.stop();
        change({ status: 'stopped' });
      },
    };
  };
}
