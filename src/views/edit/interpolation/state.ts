import {
  dataImage,
  type EditingNeeds,
  type ImageShape,
  isSameShape,
  shapeOfData,
} from '../../../store/editing';
import { studiedModel } from '../../../store/studiedModel';
import { type StudyState, studyStore } from '../../../store/studyStore';
import { type ValuesSlice, valuesOf } from '../../../store/valuesSlice';
import { type ViewPlace, viewStore } from '../../../store/viewStore';
import { interpolationGroup, places } from '../settings';
import { stepsFrom } from '../stepsFrom';
import type { interpolating } from './study';

/** The strip shows every fifth place; those between are drawn after it. */
export const stripEvery = 5;
const batchBetween = 8;

export function lambdaAt(place: number): number {
  return place / (places - 1);
}

/** Places of the strip. */
export const stripPlaces = Array.from({ length: places }, (_, place) => place).filter(
  (place) => place % stripEvery === 0,
);

export interface InterpolationState extends StudyState {
  /** One a place; null where it is not drawn yet. Those of the strip show x̂₀ while it is drawn. */
  frames: readonly (Float32Array | null)[];
  /** Of the frames. */
  shape: ImageShape | null;
  /** Draws the strip, then all between. The latest call wins; nothing queues. */
  draw(): Promise<void>;
}

export function createInterpolation({ core, engine }: ViewPlace<ValuesSlice & EditingNeeds>) {
  return studyStore<typeof interpolating, InterpolationState>(
    engine,
    'interpolating',
    (runner, _set, get) => {
      let draws = 0;

      return {
        frames: [],
        shape: null,

        async draw() {
          const { model, source, problem } = studiedModel(core.getState());
          if (!model) return runner.refuse(problem);
          const call = ++draws;
          const { data } = core.getState().dataset;
          const { from, to, t, seed, blend, noise, sampler, steps, place } = valuesOf(
            core.getState(),
            interpolationGroup,
          );
          const time = Math.min(t, model.config.nSteps);
          const image = (index: number) => dataImage(data as NonNullable<typeof data>, index);
          const requestOf = (which: readonly number[]) => ({
            images: [image(from), image(to)] as [Float32Array, Float32Array],
            ...{ blend, noise, seed, sampler, t: time - 1, steps: stepsFrom({ steps }, time) },
            lambdas: which.map(lambdaAt),
          });
          await runner.ask({
            source,
            request: requestOf(stripPlaces),
            begin: framesToKeep(get(), shapeOfData(data)),
            progress: (report) => report,
            show: ({ x0 }) => ({ frames: withFrames([], stripPlaces, x0) }),
            finish: (images) => images && { frames: withFrames([], stripPlaces, images) },
          });
          for (const batch of betweenStrip(place)) {
            if (call !== draws || get().status !== 'finished') return;
            await runner.ask({
              source,
              quiet: true,
              request: requestOf(batch),
              finish: (images) => images && { frames: withFrames(get().frames, batch, images) },
            });
          }
        },

        stop() {
          draws++;
          runner.stop();
        },
      };
    },
  );
}

export const useInterpolation = viewStore(createInterpolation);

/** The frames stay until the first of the new ones, unless those are of another shape. */
function framesToKeep({ frames, shape }: InterpolationState, next: ImageShape | null) {
  return { shape: next, frames: isSameShape(shape, next) ? frames : [] };
}

/** Frames with those of some places put in. */
function withFrames(
  frames: InterpolationState['frames'],
  which: readonly number[],
  images: Float32Array,
): InterpolationState['frames'] {
  const length = images.length / which.length;
  const all = Array.from({ length: places }, (_, place) => frames[place] ?? null);
  for (const [i, place] of which.entries()) all[place] = images.slice(i * length, (i + 1) * length);
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
