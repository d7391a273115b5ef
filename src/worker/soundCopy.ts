import {
  disposeSnapshot,
  goBack,
  overflowOf,
  type Snapshot,
  takeSnapshot,
} from '../engine/training/snapshot';
import type { TrainingState } from '../engine/training/trainer';

/** Between two copies. */
const RENEW_MS = 2000;

/** A copy of a training state that is known to be sound: what to go back to when the loss is no number. */
export class SoundCopy {
  #state: TrainingState;
  #snapshot: Snapshot | undefined;
  #at = performance.now();

  /** Copies a state that is sound. */
  constructor(state: TrainingState) {
    this.#state = state;
    this.#snapshot = takeSnapshot(state);
  }

  /** Whether the copy is so old that another should take its place. */
  get isDue(): boolean {
    return performance.now() - this.#at > RENEW_MS;
  }

  /**
   * Copies the state as it is now. The copy takes the place of the one before only where its numbers are finite and
   * `prove`, which takes the next step, finds a finite loss: that is the first to tell of weights that are too large.
   * Resolves with what is not finite; then no step was taken, and none should be.
   */
  async renew(prove: () => Promise<boolean>): Promise<string | undefined> {
    const overflow = await overflowOf(this.#state);
    if (overflow) return overflow;
    const candidate = takeSnapshot(this.#state);
    let discarded: Snapshot | undefined = candidate;
    try {
      if (!(await prove())) return undefined;
      discarded = this.#snapshot;
      this.#snapshot = candidate;
    } finally {
      if (discarded) disposeSnapshot(discarded);
      this.#at = performance.now();
    }
    return undefined;
  }

  /** Puts the state back to the copy, which is spent by that. */
  goBack(): void {
    if (!this.#snapshot) throw new Error('There is no copy to go back to.');
    goBack(this.#state, this.#snapshot);
    this.#snapshot = undefined;
  }

  dispose(): void {
    if (this.#snapshot) disposeSnapshot(this.#snapshot);
    this.#snapshot = undefined;
  }
}
