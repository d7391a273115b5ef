import type { InpaintingStep } from '../../../engine/diffusion/inpainting';
import type { Resampling } from '../../../engine/diffusion/resampling';
import type { EditingNeeds, ImageShape } from '../../../store/editing';
import { studiedModel } from '../../../store/studiedModel';
import { type StudyState, studyStore } from '../../../store/studyStore';
import { type ValuesSlice, valuesOf } from '../../../store/valuesSlice';
import { type ViewPlace, viewStore } from '../../../store/viewStore';
import { type Masked, maskedOf } from '../drawings';
import { inpaintingGroup } from '../settings';
import type { inpainting } from './study';

/** A run and the newest of its moves. */
export interface InpaintingShown
  extends ImageShape,
    Pick<InpaintingStep, 'index' | 'total' | 't' | 'x' | 'x0'> {
  count: number;
  resampling: Resampling;
  /** What was kept, to compare. */
  image: Float32Array;
  hole: Uint8Array;
}

/** `done` and `total` count moves, forward ones included. */
export interface InpaintingState extends StudyState {
  /** Of the last run; none before the first. */
  shown: InpaintingShown | null;
  /** Index of the variant shown large. */
  chosen: number;
  choose(index: number): void;
  /** Draws what is in the hole. The latest call wins. */
  draw(): Promise<void>;
}

export function createInpainting({ core, engine }: ViewPlace<ValuesSlice & EditingNeeds>) {
  return studyStore<typeof inpainting, InpaintingState>(engine, 'inpainting', (runner, set, get) => ({
    shown: null,
    chosen: 0,
    choose: (chosen) => set({ chosen }),

    async draw() {
      const state = core.getState();
      const { model, source, problem } = studiedModel(state);
      const masked = maskedOf(state);
      const blocked = problem ?? holeProblem(masked);
      if (!model || blocked) return runner.refuse(blocked ?? 'There is no model yet.');
      if (!masked) return;
      const { count, seed, resamplings, jumpLength, steps } = valuesOf(state, inpaintingGroup);
      const resampling = { steps: Math.min(steps, model.config.nSteps), resamplings, jumpLength };
      const { size, channels, image, hole } = masked;
      const known = hole.present.map((inHole) => 1 - inHole);
      const fixed = { size, channels, image, hole: hole.present, count, resampling };
      let newest: InpaintingStep | null = null;
      await runner.ask({
        source,
        request: { image: image, known, count, resampling, seed },
        begin: { chosen: Math.min(get().chosen, count - 1) },
        progress: ({ index, total }) => ({ done: index, total }),
        hear: (step) => {
          newest = step;
        },
        show: (step) => ({ shown: { ...fixed, ...step } }),
        finish: (images) => (images && newest ? { shown: { ...fixed, ...newest } } : null),
      });
    },
  }));
}

export const useInpainting = viewStore(createInpainting);

/** What keeps a hole from being drawn; null where all is well. */
export function holeProblem(masked: Masked | null): string | null {
  if (!masked || masked.hole.present.some((inHole) => inHole !== 0)) return null;
  return 'Nothing is to be drawn anew: paint over a part of the image first.';
}
