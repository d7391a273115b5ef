import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../engine/kernels/operations';
import { type BatchSource, type TrainingState, train } from '../engine/training/trainer';
import type { Losses } from './losses';
import { nextTask } from './nextTask';
import { Preview } from './preview';
import type { TrainingEnd, TrainingEvent, TrainingSettings } from './protocol';

/** Losses that may still be on their way from a GPU. */
const IN_FLIGHT = 4;
/** Between two reports to the page. */
const REPORT_MS = 125;
/** A run of one step needs no preview of its own. */
const PREVIEW_AFTER_MS = 1000;

/** What a run trains, and with what. */
export interface TrainingMeans {
  state: TrainingState;
  losses: Losses;
  operations: Operations;
  source: BatchSource;
  /** Called between two steps, all losses being there; it decides whether it is time to save. */
  saveIfDue(): Promise<void>;
}

/** One run of training, from where the model stands to the step that the settings name, or to a pause. */
export class TrainingRun {
  #means: TrainingMeans;
  #settings: TrainingSettings;
  #listen: (event: TrainingEvent) => void;
  #paused = false;
  #inFlight: Promise<number>[] = [];
  /** Losses that the page has been told, and when. */
  #told: number;
  #toldAt = performance.now();
  #toldStep: number;
  #stepsPerSecond = 0;
  #begun = performance.now();

  constructor(means: TrainingMeans, settings: TrainingSettings, listen: (event: TrainingEvent) => void) {
    this.#means = means;
    this.#settings = settings;
    this.#listen = listen;
    this.#told = means.losses.length;
    this.#toldStep = means.state.step;
  }

  /** Ends the run after the step under way. */
  pause(): void {
    this.#paused = true;
  }

  /** Trains. The end says 'diverged' where a loss was no number; the caller then decides what becomes of the weights. */
  async run(): Promise<TrainingEnd> {
    const { state, operations, source, saveIfDue } = this.#means;
    const preview = new Preview(state, operations, this.#settings.preview);
    const show = (images: Float32Array | undefined) => {
      const { count } = this.#settings.preview;
      if (images) this.#listen({ kind: 'preview', step: state.step, images, count });
    };
    if (state.step >= this.#settings.steps) return { reason: 'finished', step: state.step };
    for await (const { step, loss } of train(state, operations, source, () => this.#settings)) {
      this.#inFlight.push(loss);
      const last = this.#paused || step >= this.#settings.steps;
      if (!(await this.#settle(last ? 0 : IN_FLIGHT))) return this.#diverged();
      if (last) break;
      if (performance.now() - this.#toldAt > REPORT_MS) {
        if (!(await this.#settle(0))) return this.#diverged();
        this.#report();
        await saveIfDue();
      }
      show(await preview.advance());
      await nextTask();
    }
    if (performance.now() - this.#begun > PREVIEW_AFTER_MS) show(await preview.complete());
    this.#report();
    return { reason: state.step >= this.#settings.steps ? 'finished' : 'paused', step: state.step };
  }

  /** Waits until at most so many losses are on their way; false at one that is no number. */
  async #settle(atMost: number): Promise<boolean> {
    while (this.#inFlight.length > atMost) {
      const loss = await (this.#inFlight.shift() as Promise<number>);
      if (!Number.isFinite(loss)) return false;
      this.#means.losses.push(loss);
    }
    return true;
  }

  async #diverged(): Promise<TrainingEnd> {
    await Promise.allSettled(this.#inFlight);
    this.#report();
    return { reason: 'diverged', step: this.#means.losses.length + 1 };
  }

  #report(): void {
    const { losses, state } = this.#means;
    const now = performance.now();
    const stepsPerSecond = this.#measureSpeed(now);
    const { numTensors: tensors, numBytes: bytes } = tf.memory();
    this.#listen({
      kind: 'progress',
      step: losses.length,
      losses: losses.from(this.#told),
      stepsPerSecond,
      imagesPerSecond: stepsPerSecond * this.#settings.batchSize,
      secondsLeft: (this.#settings.steps - state.step) / stepsPerSecond,
      memory: { tensors, bytes },
    });
    this.#told = losses.length;
    this.#toldStep = state.step;
    this.#toldAt = now;
  }

  /** Steps a second over about the last ten reports; previews and saves count, since the user waits for them too. */
  #measureSpeed(now: number): number {
    const recent = ((this.#means.state.step - this.#toldStep) * 1000) / Math.max(1, now - this.#toldAt);
    this.#stepsPerSecond = this.#stepsPerSecond === 0 ? recent : 0.9 * this.#stepsPerSecond + 0.1 * recent;
    return this.#stepsPerSecond;
  }
}
