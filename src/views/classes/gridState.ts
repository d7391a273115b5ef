import { createStore } from 'zustand/vanilla';
import { idleRun, type StudyRun, StudyRunner } from '../../store/studyRunner';
import { type ValuesSlice, valuesOf } from '../../store/valuesSlice';
import { type ViewPlace, viewStore } from '../../store/viewStore';
import { type ClassNeeds, classStudy } from './classModel';
import type { classGrid } from './gridStudy';
import { classGridGroup } from './settings';

/** w of the columns. */
export const gridGuidances = [0, 1, 2, 4, 8];

export interface ClassGridState extends StudyRun {
  /** x_t row by row, a row a class, a column a w; null before the first run. */
  images: Float32Array | null;
  /** Of the images. */
  shape: { size: number; channels: number; classes: number } | null;
  /** Draws every class at every w. The latest call wins. */
  draw(): Promise<void>;
  stop(): void;
}

export function createClassGrid({ core, engine }: ViewPlace<ValuesSlice & ClassNeeds>) {
  return createStore<ClassGridState>()((_set, get, store) => {
    const runner = new StudyRunner<typeof classGrid, ClassGridState>(engine, 'classGrid', store);
    return {
      ...idleRun,
      images: null,
      shape: null,

      async draw() {
        const { model, source, problem } = classStudy(core.getState());
        if (!model) return runner.refuse(problem);
        const { nClasses, nSteps, imageSize: size, imageChannels: channels } = model.config;
        const { steps, seed } = valuesOf(core.getState(), classGridGroup);
        const labels = Array.from({ length: nClasses }, (_, label) => label);
        const { images, shape: before } = get();
        const shape = { size, channels, classes: nClasses };
        // Images of another shape do not fit the grid.
        const fits = before?.size === size && before.channels === channels && before.classes === nClasses;
        await runner.ask({
          source,
          request: { labels, guidances: gridGuidances, steps: Math.min(steps, nSteps), seed },
          begin: { shape, images: fits ? images : null },
          progress: (report) => report,
          show: ({ x }) => ({ images: x }),
          finish: (finished) => finished && { images: finished, done: get().total },
        });
      },

      stop: () => runner.stop(),
    };
  });
}

export const useClassGrid = viewStore(createClassGrid);
