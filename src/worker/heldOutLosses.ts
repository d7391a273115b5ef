import type { Dataset } from '../engine/data/dataset';
import { lossWeightsOf } from '../engine/diffusion/lossWeights/lossWeights';
import type { Operations } from '../engine/kernels/operations';
import { type FixedBatch, fixedBatch, fixedLoss } from '../engine/quality/fixedLoss';
import type { TrainingState } from '../engine/training/trainer';
import type { HeldOutLoss, TrainingSettings } from './protocol';

/** Pictures that the loss is a mean over, and what draws them, their t and their noise. */
const PICTURES = 128;
const SEED = 1;
/** Shortest time from one measurement to the next; the previews have the same share of the time. */
const PAUSE_MS = 1000;
/** More points than this say no more: every other one is dropped then. */
const MOST = 1000;

/** Measures the loss that a run lowers, of the raw weights without dropout, on held-out pictures: the same ones, t and ε each time. */
export class HeldOutLosses {
  #state: TrainingState;
  #operations: Operations;
  #batch: FixedBatch;
  #kept: HeldOutLoss[];
  #last = Number.NEGATIVE_INFINITY;

  /** `kept` gets what is measured. */
  constructor(
    state: TrainingState,
    operations: Operations,
    heldOut: Dataset,
    kept: HeldOutLoss[],
    { lossWeight = 'simple', snrGamma }: Pick<TrainingSettings, 'lossWeight' | 'snrGamma'> = {},
  ) {
    this.#state = state;
    this.#operations = operations;
    const { config, diffusion } = state;
    const batch = fixedBatch(heldOut, config.nSteps, PICTURES, SEED);
    const weights = lossWeightsOf(diffusion, config.objective, lossWeight, snrGamma);
    this.#batch = { ...batch, weight: Float32Array.from(batch.t, (t) => weights[t] as number) };
    this.#kept = kept;
  }

  /** Whether anything is held out, and the measurement before is a while ago. */
  get isDue(): boolean {
    return this.canMeasure && performance.now() - this.#last > PAUSE_MS;
  }

  get canMeasure(): boolean {
    return this.#batch.t.length > 0;
  }

  async measure(): Promise<HeldOutLoss> {
    const { config, diffusion, weights, step } = this.#state;
    const loss = await fixedLoss(config, diffusion, this.#operations, weights, this.#batch);
    this.#last = performance.now();
    const measured = { step, loss };
    if (this.#kept.at(-1)?.step === step) this.#kept.pop();
    this.#kept.push(measured);
    if (this.#kept.length > MOST)
      this.#kept.splice(0, MOST, ...this.#kept.slice(0, MOST).filter((_, i) => i % 2 === 0));
    return measured;
  }

  /** Forgets those after a step, for weights that went back to it. */
  truncate(step: number): void {
    this.#kept.splice(0, this.#kept.length, ...this.#kept.filter((one) => one.step <= step));
  }
}
