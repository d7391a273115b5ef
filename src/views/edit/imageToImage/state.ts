import type { EditingNeeds, ImageShape } from '../../../store/editing';
import { studiedModel } from '../../../store/studiedModel';
import { type StudyState, studyStore } from '../../../store/studyStore';
import { type ValuesSlice, valuesOf } from '../../../store/valuesSlice';
import { type ViewPlace, viewStore } from '../../../store/viewStore';
import { drawingOf } from '../drawings';
import { imageToImageGroup } from '../settings';
import { stepsFrom } from '../stepsFrom';
import type { imageToImage } from './study';

export interface ImageToImageState extends StudyState {
  /** x̂₀ of every variant while they are drawn, then the images. */
  variants: (ImageShape & { images: Float32Array; count: number }) | null;
  /** Index of the variant shown large. */
  chosen: number;
  choose(index: number): void;
  /** Noises the drawing to t and denoises every variant. The latest call wins; nothing queues. */
  draw(): Promise<void>;
}

type Needs = ValuesSlice & EditingNeeds;

export function createImageToImage({ core, engine }: ViewPlace<Needs>) {
  return studyStore<typeof imageToImage, ImageToImageState>(engine, 'imageToImage', (runner, set, get) => ({
    variants: null,
    chosen: 0,
    choose: (chosen) => set({ chosen }),

    async draw() {
      const state = core.getState();
      const { model, source, problem } = studiedModel(state);
      const drawing = drawingOf(state);
      if (!model) return runner.refuse(problem);
      if (!drawing) return;
      const { count, seed, sampler, steps, t: chosenT } = valuesOf(state, imageToImageGroup);
      const t = Math.min(chosenT, model.config.nSteps);
      await runner.ask({
        source,
        request: {
          ...{ count, seed, sampler, t: t - 1, steps: stepsFrom({ steps }, t) },
          image: drawing.history.present,
        },
        begin: { chosen: Math.min(get().chosen, count - 1) },
        progress: (report) => report,
        show: ({ x0 }) => ({ variants: variantsOf(x0, drawing) }),
        finish: (images) => images && { variants: variantsOf(images, drawing) },
      });
    },
  }));
}

export const useImageToImage = viewStore(createImageToImage);

function variantsOf(images: Float32Array, { size, channels }: ImageShape) {
  return { images, size, channels, count: images.length / (size * size * channels) };
}
