import { type StudyState, studyStore } from '../../store/studyStore';
import { type ValuesSlice, valuesOf } from '../../store/valuesSlice';
import { type ViewPlace, viewStore } from '../../store/viewStore';
import { type ClassNeeds, classStudy } from './classModel';
import type { classGrid } from './gridStudy';
import { classGridGroup } from './settings';

/** w of the columns. */
export const gridGuidances = [0, 1, 2, 4, 8];

export interface ClassGridState extends StudyState {
  /** x_t row by row, a row a class, a column a w; null before the first run. */
  images: Float32Array | null;
  /** Of the images. */
  shape: { size: number; channels: number; classes: number } | null;
  /** Draws every class at every w. The latest call wins. */
  draw(): Promise<void>;
}

export function createClassGrid({ core, engine }: ViewPlace<ValuesSlice & ClassNeeds>) {
  return studyStore<typeof classGrid, ClassGridState>(engine, 'classGrid', (runner, _set, get) => ({
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
  }));
}

export const useClassGrid = viewStore(createClassGrid);
