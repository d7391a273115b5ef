import * as tf from '@tensorflow/tfjs';
import type { Losses } from './losses';
import type { TrainingEvent, TrainingSettings } from './protocol';

/** Between two reports. */
const REPORT_MS = 125;

/** Tells the page of the losses that have arrived, several steps at a time. */
export class ProgressReports {
  #losses: Losses;
  #settings: TrainingSettings;
  #listen: (event: TrainingEvent) => unknown;
  /** Losses that were told, and when. */
  #told: number;
  #toldAt = performance.now();
  #stepsPerSecond = 0;

  constructor(losses: Losses, settings: TrainingSettings, listen: (event: TrainingEvent) => unknown) {
    this.#losses = losses;
    this.#settings = settings;
    this.#listen = listen;
    this.#told = losses.length;
  }

  /** Reports if it is time and there is something new. */
  reportIfDue(): void {
    const isFirst = this.#stepsPerSecond === 0;
    if (isFirst || performance.now() - this.#toldAt > REPORT_MS) this.report();
  }

  /** Reports what is new; nothing where nothing is. */
  report(): void {
    const step = this.#losses.length;
    if (step === this.#told) return;
    const now = performance.now();
    const stepsPerSecond = this.#measureSpeed(step - this.#told, now - this.#toldAt);
    const { numTensors: tensors, numBytes: bytes } = tf.memory();
    this.#listen({
      kind: 'progress',
      step,
      losses: this.#losses.from(this.#told),
      lossByTime: this.#losses.byTime.means,
      stepsPerSecond,
      imagesPerSecond: stepsPerSecond * this.#settings.batchSize,
      secondsLeft: Math.max(0, this.#settings.steps - step) / stepsPerSecond,
      memory: { tensors, bytes },
    });
    this.#told = step;
    this.#toldAt = now;
  }

  /** Over about the last ten reports; previews, samples and saves count, since the user waits for them too. */
  #measureSpeed(steps: number, milliseconds: number): number {
    const recent = (steps * 1000) / Math.max(1, milliseconds);
    this.#stepsPerSecond = this.#stepsPerSecond === 0 ? recent : 0.9 * this.#stepsPerSecond + 0.1 * recent;
    return this.#stepsPerSecond;
  }
}
