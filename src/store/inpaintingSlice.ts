import type { StateCreator } from 'zustand';
import type { DatasetId } from '../engine/data/datasets';
import type { InpaintingStep } from '../engine/diffusion/inpainting';
import type { Resampling } from '../engine/diffusion/resampling';
import { type EditingNeeds, type EditStatus, editingProblem, messageOf, type PictureShape } from './editing';
import { LatestStudy, type StudyEngine } from './latestStudy';
import { oncePerFrame } from './oncePerFrame';
import { sampledModel, sourceOf } from './sampledModel';
import { StepRate } from './samplingPace';
import { amended, changed, historyOf, redone, type UndoHistory, undone } from './undoHistory';

/** A picture, and the hole that is to be drawn anew. */
export interface Masked extends PictureShape {
  dataset: DatasetId;
  /** Until the user paints a hole or chooses a picture. */
  asOpened: boolean;
  /** Index in the data set where it is one of its pictures; null where it was drawn. */
  example: number | null;
  /** HWC; empty until the data set of the example has come. */
  picture: Float32Array;
  /** One a pixel: 1 in the hole, 0 where the picture is kept. */
  hole: UndoHistory<Uint8Array>;
}

export interface InpaintingSettings extends Resampling {
  count: number;
  seed: number;
}

/** A run and the newest of its moves. */
export interface InpaintingView
  extends PictureShape,
    Pick<InpaintingStep, 'index' | 'total' | 't' | 'x' | 'x0'> {
  count: number;
  resampling: Resampling;
  /** What was kept, to compare. */
  picture: Float32Array;
  hole: Uint8Array;
}

export interface InpaintingState {
  settings: InpaintingSettings;
  /** None until there are pictures. */
  masked: Masked | null;
  /** Of the last run; none before the first. */
  shown: InpaintingView | null;
  /** Index of the variant shown large. */
  chosen: number;
  status: EditStatus;
  /** Until the run ends, as fast as it goes now; null before that is known. */
  secondsLeft: number | null;
  /** For the user; what is shown stays. */
  problem: string | null;
}

export interface InpaintingSlice {
  inpainting: InpaintingState;
  setInpainting(settings: Partial<InpaintingSettings>): void;
  /** Takes another picture; where it is of the same size, the hole stays. `hole` is the one to begin with. */
  openMasked(
    picture: Float32Array,
    from: PictureShape & Pick<Masked, 'dataset' | 'example'>,
    hole: Uint8Array,
  ): void;
  /** Another hole; `amend` where a stroke goes on. */
  changeHole(hole: Uint8Array, amend?: boolean): void;
  undoHole(): void;
  redoHole(): void;
  chooseInpainted(index: number): void;
  /** Draws what is in the hole. The latest call wins. */
  runInpainting(): Promise<void>;
  /** Ends the run after the move under way, and keeps what it shows. */
  stopInpainting(): void;
}

type Needs = InpaintingSlice & EditingNeeds;

/** The slice over the engine: the worker's in the page, any other in a test. */
export function createInpaintingSlice(engine: StudyEngine): StateCreator<Needs, [], [], InpaintingSlice> {
  const latest = new LatestStudy(engine, 'repainting');
  const rate = new StepRate();
  let runs = 0;
  return (set, get) => {
    const change = (inpainting: Partial<InpaintingState>) =>
      set({ inpainting: { ...get().inpainting, ...inpainting } });
    const changeHistory = (next: (history: UndoHistory<Uint8Array>) => UndoHistory<Uint8Array>) => {
      const { masked } = get().inpainting;
      if (masked) change({ masked: { ...masked, asOpened: false, hole: next(masked.hole) } });
    };
    const show = oncePerFrame(({ run, shown }: { run: number; shown: InpaintingView }) => {
      if (run !== runs || get().inpainting.status !== 'running') return;
      const perSecond = rate.at(shown.index);
      change({ shown, secondsLeft: perSecond ? (shown.total - shown.index) / perSecond : null });
    });

    return {
      inpainting: {
        settings: { steps: 100, resamplings: 5, jumpLength: 10, count: 8, seed: 1 },
        masked: null,
        shown: null,
        chosen: 0,
        status: 'idle',
        secondsLeft: null,
        problem: null,
      },

      setInpainting(settings) {
        change({ settings: { ...get().inpainting.settings, ...settings } });
      },

      openMasked(picture, { size, channels, dataset, example }, hole) {
        const { masked } = get().inpainting;
        const before = masked?.size === size ? masked : null;
        // The first picture of a data set is the page's choice.
        const asOpened = !before || (before.asOpened && before.dataset !== dataset);
        change({
          masked: {
            size,
            channels,
            dataset,
            example,
            picture,
            asOpened,
            hole: before?.hole ?? historyOf(hole),
          },
        });
      },

      changeHole(hole, amend = false) {
        changeHistory((history) => (amend ? amended(history, hole) : changed(history, hole)));
      },

      undoHole() {
        changeHistory(undone);
      },

      redoHole() {
        changeHistory(redone);
      },

      chooseInpainted(chosen) {
        change({ chosen });
      },

      async runInpainting() {
        const model = sampledModel(get());
        const { masked, settings, chosen } = get().inpainting;
        const problem = editingProblem(get()) ?? holeProblem(masked);
        if (!model || problem || !masked) return change({ problem });
        const run = ++runs;
        const { count, seed, resamplings, jumpLength } = settings;
        const steps = Math.min(settings.steps, model.config.nSteps);
        const resampling = { steps, resamplings, jumpLength };
        const { size, channels, picture, hole } = masked;
        const known = hole.present.map((inHole) => 1 - inHole);
        const view = { size, channels, picture, hole: hole.present, count, resampling };
        let newest: InpaintingView | null = null;
        rate.reset();
        change({ status: 'running', problem: null, secondsLeft: null, chosen: Math.min(chosen, count - 1) });
        try {
          const pictures = await latest.ask(
            sourceOf(model, get().sampling.settings.weights),
            { picture, known, count, resampling, seed },
            (step) => {
              newest = { ...view, ...step };
              show({ run, shown: newest });
            },
          );
          if (run !== runs || !pictures) return;
          change({ status: 'finished', secondsLeft: null, shown: newest });
        } catch (error) {
          if (run === runs) change({ status: 'failed', secondsLeft: null, problem: messageOf(error) });
        }
      },

      stopInpainting() {
        if (get().inpainting.status !== 'running') return;
        runs++;
        latest.stop();
        change({ status: 'stopped', secondsLeft: null });
      },
    };
  };
}

/** What keeps a hole from being drawn; null where all is well. */
export function holeProblem(masked: Masked | null): string | null {
  if (!masked || masked.hole.present.some((inHole) => inHole !== 0)) return null;
  return 'Nothing is to be drawn anew: paint over a part of the picture first.';
}
