import * as tf from '@tensorflow/tfjs';
import type { TrainingSettings } from '../settings/settings';
import type { Losses } from './losses';
import type { TrainingEvent } from './protocol';

/** Between two reports. */
const REPORT_MS = 125;

/** Reports the losses that have arrived, several steps at a time. */
export class ProgressReports {
  #losses: Losses;
  #settings: () => TrainingSettings;
  #listen: (event: TrainingEvent) => unknown;
  /** Number of losses that were reported, and when. */
  #reported: number;
  #reportedAt = performance.now();
  #stepsPerSecond = 0;
  /** The one that the speed was measured with. */
  #batchSize: number;

  /** Settings are read anew at each report. */
  constructor(losses: Losses, settings: () => TrainingSettings, listen: (event: TrainingEvent) => unknown) {
    this.#losses = losses;
    this.#settings = settings;
    this.#listen = listen;
    this.#reported = losses.length;
    this.#batchSize = settings().batchSize;
  }

  /** Reports if it is time and there is something new. */
  reportIfDue(): void {
    const isFirst = this.#stepsPerSecond === 0;
    if (isFirst || performance.now() - this.#reportedAt > REPORT_MS) this.report();
  }

  /** Reports what is new, if anything is. */
  report(): void {
    const step = this.#losses.length;
    if (step === this.#reported) return;
    const { batchSize, steps } = this.#settings();
    if (batchSize !== this.#batchSize) this.#stepsPerSecond = 0;
    this.#batchSize = batchSize;
    const now = performance.now();
    const stepsPerSecond = this.#measureSpeed(step - this.#reported, now - this.#reportedAt);
    const { numTensors: tensors, numBytes: bytes } = tf.memory();
    this.#listen({
      kind: 'progress',
      step,
      losses: this.#losses.from(this.#reported),
      lossByTime: this.#losses.byTime.means,
      stepsPerSecond,
      imagesPerSecond: stepsPerSecond * batchSize,
      secondsLeft: Math.max(0, steps - step) / stepsPerSecond,
      memory: { tensors, bytes },
    });
    this.#reported = step;
    this.#reportedAt = now;
  }

  /** Averages over about the last ten reports. Previews, samples and saves count: the user waits for them too. */
  #measureSpeed(steps: number, milliseconds: number): number {
    const recent = (steps * 1000) / Math.max(1, milliseconds);
    this.#stepsPerSecond = this.#stepsPerSecond === 0 ? recent : 0.9 * this.#stepsPerSecond + 0.1 * recent;
    return this.#stepsPerSecond;
  }
}
