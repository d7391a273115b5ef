import type { Dataset } from '../engine/data/dataset';
import { type LossWeighting, lossWeightsAt } from '../engine/diffusion/lossWeights/lossWeights';
import type { Operations } from '../engine/kernels/operations';
import { type FixedBatch, fixedBatch, fixedLoss } from '../engine/quality/fixedLoss';
import type { TrainingState } from '../engine/training/trainer';
import type { HeldOutLoss } from './model';

/** Images that the loss is a mean over, and the seed that draws them, their t and their noise. */
const IMAGES = 128;
const SEED = 1;
/** Shortest time between two measurements; they share their time with the previews. */
const PAUSE_MS = 1000;
/** With more points than this, every other one is dropped. */
const MOST = 1000;

/** Measures the training objective of the raw weights, without dropout, on held-out images: the same images, t and ε each time. */
export class HeldOutLosses {
  #state: TrainingState;
  #operations: Operations;
  #batch: FixedBatch;
  #settings: () => LossWeighting;
  #kept: HeldOutLoss[];
  #last = Number.NEGATIVE_INFINITY;

  /** `kept` receives the measurements; the settings are read anew each time. */
  constructor(
    state: TrainingState,
    operations: Operations,
    heldOut: Dataset,
    kept: HeldOutLoss[],
    settings: () => LossWeighting = () => ({}),
  ) {
    this.#state = state;
    this.#operations = operations;
    this.#batch = fixedBatch(heldOut, state.config.nSteps, IMAGES, SEED);
    this.#settings = settings;
    this.#kept = kept;
  }

  /** Whether images are held out, and enough time has passed since the last measurement. */
  get isDue(): boolean {
    return this.canMeasure && performance.now() - this.#last > PAUSE_MS;
  }

  get canMeasure(): boolean {
    return this.#batch.t.length > 0;
  }

  async measure(): Promise<HeldOutLoss> {
    const { config, diffusion, weights, step } = this.#state;
    const weight = lossWeightsAt(diffusion, config.objective, this.#settings(), this.#batch.t);
    const loss = await fixedLoss(config, diffusion, this.#operations, weights, { ...this.#batch, weight });
    this.#last = performance.now();
    const measured = { step, loss };
    if (this.#kept.at(-1)?.step === step) this.#kept.pop();
    this.#kept.push(measured);
    if (this.#kept.length > MOST)
      this.#kept.splice(0, MOST, ...this.#kept.slice(0, MOST).filter((_, i) => i % 2 === 0));
    return measured;
  }

  /** Drops those after a step, for weights that went back to it. */
  truncate(step: number): void {
    this.#kept.splice(0, this.#kept.length, ...this.#kept.filter((one) => one.step <= step));
  }
}
