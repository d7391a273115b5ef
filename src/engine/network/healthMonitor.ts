import * as tf from '@tensorflow/tfjs';
import type { AdamEmaSettings, AdamEmaUpdate, Operations } from '../kernels/operations';
import { type LayerHealth, layerHealth } from './layerHealth';

/** Share of a run's time that measuring may take. */
export const HEALTH_SHARE = 0.02;
/** How much a step counts in the moving average of what steps take. */
const WEIGHT = 0.1;
/** Steps that pass before the first is measured: the very first ones prepare the backend. */
const STEPS_BEFORE = 4;

/** Health of all layers after one step. */
export interface StepHealth {
  step: number;
  /** In the order of trainedLayers. */
  layers: LayerHealth[];
}

/** Measures the health of a model while it trains, as often as its share of the time allows; off, it costs nothing. */
export class HealthMonitor {
  #on = false;
  #kept: { updates: AdamEmaUpdate[]; settings: AdamEmaSettings } | undefined;
  /** When it was switched on. */
  #begun = 0;
  /** What measuring took in all, and the last time. */
  #spent = 0;
  #last = 0;
  /** When the step began that came last, where that was not measured; and when the one began that is. */
  #previous: number | undefined;
  #since = 0;
  /** What a step takes that is not measured, and how many such steps are known. */
  #typical = 0;
  #known = 0;

  constructor(
    readonly share = HEALTH_SHARE,
    readonly now: () => number = () => performance.now(),
  ) {}

  /** Measuring so far, as a share of the time since it was switched on. */
  get spentShare(): number {
    const elapsed = this.now() - this.#begun;
    return elapsed > 0 ? this.#spent / elapsed : 0;
  }

  switch(on: boolean): void {
    if (on && !this.#on) {
      this.#begun = this.now();
      this.#spent = 0;
      this.#last = 0;
      this.#previous = undefined;
      this.#known = 0;
    }
    if (!on) this.#drop();
    this.#on = on;
  }

  /**
   * What the next step is to be taken with: the operations themselves, or where a measurement is due such as keep the
   * gradients of its Adam step. A step that is seen cannot be replayed, and what that costs is counted.
   */
  watch(operations: Operations): Operations {
    if (!this.#on) return operations;
    const time = this.now();
    if (this.#previous !== undefined) this.#learnStep(time - this.#previous);
    // What the first measurement takes is not known yet: as long as a step.
    const next = this.#last > 0 ? this.#last : this.#typical;
    const due = this.#known >= STEPS_BEFORE && this.#spent + next <= this.share * (time - this.#begun);
    this.#previous = due ? undefined : time;
    if (!due) return operations;
    this.#since = time;
    return {
      ...operations,
      adamEma: (updates, settings) => {
        operations.adamEma(updates, settings);
        this.#drop();
        // The gradients end with the step; clones do not.
        const kept = updates.map((update) => ({ ...update, gradient: tf.keep(update.gradient.clone()) }));
        this.#kept = { updates: kept, settings: { ...settings } };
      },
    };
  }

  /** Whether the last step has left something to measure. */
  get isWaiting(): boolean {
    return this.#kept !== undefined;
  }

  /** Measures what the last step left: to be called before the next, when the backend has nothing else to do. */
  async measure(): Promise<StepHealth | undefined> {
    if (!this.#kept) return undefined;
    const { updates, settings } = this.#kept;
    try {
      return { step: settings.step, layers: await layerHealth(updates, settings) };
    } finally {
      this.#drop();
      this.#last = Math.max(0, this.now() - this.#since - this.#typical);
      this.#spent += this.#last;
    }
  }

  #learnStep(duration: number): void {
    // The last of the first ones counts alone.
    const weight = ++this.#known <= STEPS_BEFORE ? 1 : WEIGHT;
    this.#typical += weight * (duration - this.#typical);
  }

  #drop(): void {
    tf.dispose(this.#kept?.updates.map(({ gradient }) => gradient) ?? []);
    this.#kept = undefined;
  }
}
