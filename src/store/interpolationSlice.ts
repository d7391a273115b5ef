import type { StateCreator } from 'zustand';
import type { Blend, PairNoise } from '../engine/diffusion/interpolation';
import type { ReverseReport } from '../worker/studies/reverseReport';
import {
  dataPicture,
  type EditingNeeds,
  type EditStatus,
  editingProblem,
  isSameShape,
  messageOf,
  type PictureShape,
  quickWayBack,
  shapeOfData,
  stepsFrom,
  type WayBack,
} from './editing';
import { LatestStudy, type StudyEngine } from './latestStudy';
import { oncePerFrame } from './oncePerFrame';
import { type SampledModel, sampledModel, sourceOf } from './sampledModel';

/** Places of λ: 0 … 1 in fortieths. The strip shows every fifth; those between are drawn after it. */
export const places = 41;
export const stripEvery = 5;
const batchBetween = 8;

export function lambdaAt(place: number): number {
  return place / (places - 1);
}

/** Places of the strip. */
export const stripPlaces = Array.from({ length: places }, (_, place) => place).filter(
  (place) => place % stripEvery === 0,
);

export interface InterpolationSettings extends WayBack {
  /** Indices in the data set of x₀ and x′₀. */
  from: number;
  to: number;
  /** Steps of noise, 0 … T. */
  t: number;
  blend: Blend;
  noise: PairNoise;
  seed: number;
}

export interface InterpolationState {
  settings: InterpolationSettings;
  /** Of the λ that is shown. */
  place: number;
  /** One a place; null where it is not drawn yet. Those of the strip show x̂₀ while it is drawn. */
  frames: readonly (Float32Array | null)[];
  /** Of the frames. */
  shape: PictureShape | null;
  status: EditStatus;
  /** Network steps of the strip. */
  done: number;
  total: number;
  /** For the user; the frames before stay. */
  problem: string | null;
}

export interface InterpolationSlice {
  interpolation: InterpolationState;
  setInterpolation(settings: Partial<InterpolationSettings>): void;
  /** Shows another λ. */
  moveLambda(place: number): void;
  /** Draws the strip, then all between. The latest call wins; nothing queues. */
  runInterpolation(): Promise<void>;
  stopInterpolation(): void;
}

type Needs = InterpolationSlice & EditingNeeds;

/** The slice over the engine: the worker's in the page, any other in a test. */
export function createInterpolationSlice(
  engine: StudyEngine,
): StateCreator<Needs, [], [], InterpolationSlice> {
  const latest = new LatestStudy(engine, 'interpolating');
  let runs = 0;
  return (set, get) => {
    const change = (interpolation: Partial<InterpolationState>) =>
      set({ interpolation: { ...get().interpolation, ...interpolation } });
    const show = oncePerFrame(({ run, report }: { run: number; report: ReverseReport }) => {
      if (run !== runs || get().interpolation.status !== 'running') return;
      const { done, total, x0 } = report;
      change({ done, total, frames: withFrames([], stripPlaces, x0) });
    });

    async function draw(run: number, model: SampledModel): Promise<void> {
      const { dataset, interpolation, sampling } = get();
      const { from, to, t, seed, blend, noise, sampler, steps } = interpolation.settings;
      const data = dataset.data as NonNullable<typeof dataset.data>;
      const time = Math.min(t, model.config.nSteps);
      const request = {
        pictures: [dataPicture(data, from), dataPicture(data, to)] as [Float32Array, Float32Array],
        ...{ blend, noise, seed, sampler },
        t: time - 1,
        steps: stepsFrom({ steps }, time),
      };
      const source = sourceOf(model, sampling.settings.weights);
      const ask = (which: readonly number[], hear: (report: ReverseReport) => void) =>
        latest.ask(source, { ...request, lambdas: which.map(lambdaAt) }, hear);
      const strip = await ask(stripPlaces, (report) => show({ run, report }));
      if (run !== runs || !strip) return;
      change({ status: 'finished', frames: withFrames([], stripPlaces, strip) });
      for (const between of betweenStrip(get().interpolation.place)) {
        const pictures = await ask(between, () => {});
        if (run !== runs || !pictures) return;
        change({ frames: withFrames(get().interpolation.frames, between, pictures) });
      }
    }

    return {
      interpolation: {
        settings: {
          ...quickWayBack,
          ...{ from: 0, to: 1, t: 400, seed: 1, blend: 'linear', noise: 'same' },
        },
        place: (places - 1) / 2,
        frames: [],
        shape: null,
        status: 'idle',
        done: 0,
        total: 0,
        problem: null,
      },

      setInterpolation(settings) {
        change({ settings: { ...get().interpolation.settings, ...settings } });
      },

      moveLambda(place) {
        change({ place: Math.max(0, Math.min(places - 1, place)) });
      },

      async runInterpolation() {
        const model = sampledModel(get());
        const problem = editingProblem(get());
        if (!model || problem) return change({ problem });
        const run = ++runs;
        change({ status: 'running', problem: null, done: 0, total: 0, ...framesToKeep(get()) });
        try {
          await draw(run, model);
        } catch (error) {
          if (run === runs) change({ status: 'failed', problem: messageOf(error) });
        }
      },

      stopInterpolation() {
        if (get().interpolation.status !== 'running') return;
        runs++;
        latest.stop();
        change({ status: 'stopped' });
      },
    };
  };
}

/** The frames stay until the first of the new ones, unless those are of another shape. */
function framesToKeep({ dataset: { data }, interpolation: { frames, shape } }: Needs) {
  const next = shapeOfData(data);
  return { shape: next, frames: isSameShape(shape, next) ? frames : [] };
}

/** Frames with those of some places put in. */
function withFrames(
  frames: InterpolationState['frames'],
  which: readonly number[],
  pictures: Float32Array,
): InterpolationState['frames'] {
  const length = pictures.length / which.length;
  const all = Array.from({ length: places }, (_, place) => frames[place] ?? null);
  for (const [i, place] of which.entries()) all[place] = pictures.slice(i * length, (i + 1) * length);
  return all;
}

/** The places between those of the strip in batches, the nearest to `around` first. */
function betweenStrip(around: number): number[][] {
  const all = Array.from({ length: places }, (_, place) => place)
    .filter((place) => place % stripEvery !== 0)
    .sort((a, b) => Math.abs(a - around) - Math.abs(b - around));
  const batches: number[][] = [];
  for (let i = 0; i < all.length; i += batchBetween) batches.push(all.slice(i, i + batchBetween));
  return batches;
}

/** The frame of a place, or the nearest that is there. */
export function frameAt({ frames }: Pick<InterpolationState, 'frames'>, place: number): Float32Array | null {
  for (let distance = 0; distance < places; distance++) {
    const frame = frames[place - distance] ?? frames[place + distance];
    if (frame) return frame;
  }
  return null;
}
