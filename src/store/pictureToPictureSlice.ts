import type { StateCreator } from 'zustand';
import type { DatasetId } from '../engine/data/datasets';
import type { ReverseReport } from '../worker/studies/reverseReport';
import {
  type EditingNeeds,
  type EditStatus,
  editingProblem,
  messageOf,
  type PictureShape,
  quickWayBack,
  stepsFrom,
  type WayBack,
} from './editing';
import { LatestStudy, type StudyEngine } from './latestStudy';
import { oncePerFrame } from './oncePerFrame';
import { sampledModel, sourceOf } from './sampledModel';
import { amended, changed, historyOf, redone, type UndoHistory, undone } from './undoHistory';

/** A picture that can be drawn on, for the model of one data set. */
export interface Drawing extends PictureShape {
  dataset: DatasetId;
  /** Until the user draws or chooses one. */
  asOpened: boolean;
  history: UndoHistory<Float32Array>;
}

export interface PictureToPictureSettings extends WayBack {
  /** Steps of noise put on the drawing, 0 … T. */
  t: number;
  count: number;
  seed: number;
}

export interface PictureToPictureState {
  settings: PictureToPictureSettings;
  /** None until there are pictures. */
  drawing: Drawing | null;
  /** x̂₀ of every variant while they are drawn, then the pictures. */
  variants: (PictureShape & { pictures: Float32Array; count: number }) | null;
  /** Index of the variant shown large. */
  chosen: number;
  status: EditStatus;
  done: number;
  total: number;
  /** For the user; the variants before stay. */
  problem: string | null;
}

export interface PictureToPictureSlice {
  pictureToPicture: PictureToPictureState;
  setPictureToPicture(settings: Partial<PictureToPictureSettings>): void;
  /** Starts with another picture, for good: there is nothing to undo. */
  openDrawing(picture: Float32Array, shape: PictureShape & { dataset: DatasetId }): void;
  /** Puts a picture in the place of the drawing; `amend` where a stroke goes on. */
  changeDrawing(picture: Float32Array, amend?: boolean): void;
  undoDrawing(): void;
  redoDrawing(): void;
  chooseVariant(index: number): void;
  /** Noises the drawing to t and denoises every variant. The latest call wins; nothing queues. */
  runPictureToPicture(): Promise<void>;
  stopPictureToPicture(): void;
}

type Needs = PictureToPictureSlice & EditingNeeds;

/** The slice over the engine: the worker's in the page, any other in a test. */
export function createPictureToPictureSlice(
  engine: StudyEngine,
): StateCreator<Needs, [], [], PictureToPictureSlice> {
  const latest = new LatestStudy(engine, 'pictureToPicture');
  let runs = 0;
  return (set, get) => {
    const change = (pictureToPicture: Partial<PictureToPictureState>) =>
      set({ pictureToPicture: { ...get().pictureToPicture, ...pictureToPicture } });
    const changeHistory = (next: (history: UndoHistory<Float32Array>) => UndoHistory<Float32Array>) => {
      const { drawing } = get().pictureToPicture;
      if (drawing) change({ drawing: { ...drawing, asOpened: false, history: next(drawing.history) } });
    };
    const variantsOf = (pictures: Float32Array, { size, channels }: PictureShape) => ({
      ...{ pictures, size, channels },
      count: pictures.length / (size * size * channels),
    });
    const show = oncePerFrame(
      ({ run, report, shape }: { run: number; report: ReverseReport; shape: PictureShape }) => {
        if (run !== runs || get().pictureToPicture.status !== 'running') return;
        const { done, total, x0 } = report;
        change({ done, total, variants: variantsOf(x0, shape) });
      },
    );

    return {
      pictureToPicture: {
        settings: { ...quickWayBack, t: 450, count: 8, seed: 1 },
        drawing: null,
        variants: null,
        chosen: 0,
        status: 'idle',
        done: 0,
        total: 0,
        problem: null,
      },

      setPictureToPicture(settings) {
        change({ settings: { ...get().pictureToPicture.settings, ...settings } });
      },

      openDrawing(picture, { size, channels, dataset }) {
        change({ drawing: { size, channels, dataset, asOpened: true, history: historyOf(picture) } });
      },

      changeDrawing(picture, amend = false) {
        changeHistory((history) => (amend ? amended(history, picture) : changed(history, picture)));
      },

      undoDrawing() {
        changeHistory(undone);
      },

      redoDrawing() {
        changeHistory(redone);
      },

      chooseVariant(chosen) {
        change({ chosen });
      },

      async runPictureToPicture() {
        const model = sampledModel(get());
        const problem = editingProblem(get());
        const { drawing, settings, chosen } = get().pictureToPicture;
        if (!model || problem || !drawing) return change({ problem });
        const run = ++runs;
        const { count, seed, sampler, steps } = settings;
        const t = Math.min(settings.t, model.config.nSteps);
        const request = { count, seed, sampler, t: t - 1, steps: stepsFrom({ steps }, t) };
        change({ status: 'running', problem: null, done: 0, total: 0, chosen: Math.min(chosen, count - 1) });
        try {
          const pictures = await latest.ask(
            sourceOf(model, get().sampling.settings.weights),
            { ...request, picture: drawing.history.present },
            (report) => show({ run, report, shape: drawing }),
          );
          if (run !== runs || !pictures) return;
          change({ status: 'finished', variants: variantsOf(pictures, drawing) });
        } catch (error) {
          if (run === runs) change({ status: 'failed', problem: messageOf(error) });
        }
      },

      stopPictureToPicture() {
        if (get().pictureToPicture.status !== 'running') return;
        runs++;
        latest.stop();
        change({ status: 'stopped' });
      },
    };
  };
}
