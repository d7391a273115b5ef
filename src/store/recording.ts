import { imageBytes } from '../engine/data/imageBytes';
import type { ModelConfig } from '../engine/unet/config';
import type { SamplingSettings } from '../settings/samplingSettings';
import type { SamplingStep } from '../worker/protocol';

/** A byte a value as it is drawn, images NHWC. */
export type ImageBytes = Uint8ClampedArray<ArrayBuffer>;

/** One step of the reverse process as it is kept. */
export interface RecordedStep {
  /** Number of the step, from 0: x_T. */
  index: number;
  /** Steps of noise that are left in x: T at the start, 0 in the finished image. */
  t: number;
  x: ImageBytes;
  /** x̂₀ and ε̂ that led here, of the t of the step before; none at index 0. */
  x0: ImageBytes | null;
  eps: ImageBytes | null;
}

/** All that is kept of one run. A recording never changes; the recorder makes a longer one. */
export interface Recording {
  settings: SamplingSettings;
  model: ModelConfig;
  /** Training steps that the weights had behind them. */
  trainedSteps: number;
  /** Reverse steps of the whole run. */
  total: number;
  /** Every stride-th step is kept, and the newest. */
  stride: number;
  steps: readonly RecordedStep[];
}

/** What a recording may hold, bytes: three quantities a step at one byte a value. */
export const recordingBudget = 64 * 2 ** 20;

/** Bytes of a recording of every step, x_T included. */
export function recordingBytes(count: number, model: ModelConfig, total: number): number {
  return 3 * count * model.imageSize ** 2 * model.imageChannels * (total + 1);
}

/** The least stride whose recording fits the budget, with room for the newest step beside those that it keeps. */
export function recordingStride(
  count: number,
  model: ModelConfig,
  total: number,
  budget = recordingBudget,
): number {
  const most = Math.floor(budget / recordingBytes(count, model, 0));
  return total < most ? 1 : Math.ceil(total / Math.max(1, most - 2));
}

/** How many steps of a run are kept when it is finished: every stride-th from the first, and the last. */
export function framesOf({ total, stride }: Pick<Recording, 'total' | 'stride'>): number {
  return Math.ceil(total / stride) + 1;
}

/** Keeps the steps of one run within the budget. */
export class Recorder {
  readonly #steps: RecordedStep[] = [];
  readonly #base: Omit<Recording, 'steps'>;

  constructor(run: Pick<Recording, 'settings' | 'model' | 'trainedSteps'>, total: number, budget?: number) {
    this.#base = { ...run, total, stride: recordingStride(run.settings.count, run.model, total, budget) };
  }

  /** Adds a step. One that the stride leaves out stays only until the next one comes. */
  record({ index, t, x, x0, eps }: SamplingStep): void {
    const newest = this.#steps.at(-1);
    if (newest && newest.index % this.#base.stride !== 0) this.#steps.pop();
    this.#steps.push({
      index,
      t: index === 0 ? this.#base.model.nSteps : t + 1,
      x: imageBytes(x),
      x0: x0 && imageBytes(x0),
      eps: eps && imageBytes(eps),
    });
  }

  get recording(): Recording {
    return { ...this.#base, steps: [...this.#steps] };
  }
}
