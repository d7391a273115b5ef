/** Stretches of t, each with a mean of its own. */
export const timeBins = 20;
/** Pictures that a mean is over, about. */
const MEMORY = 200;

/** The mean squared error of what the network predicts, by t: of each of `timeBins` equal stretches a moving average. */
export class LossByTime {
  #means = new Float32Array(timeBins).fill(Number.NaN);
  #counts = new Uint32Array(timeBins);

  /** Takes the errors of a batch, each at its t of 0 … nSteps − 1. What is no number is passed over. */
  add(t: ArrayLike<number>, errors: ArrayLike<number>, nSteps: number): void {
    for (let n = 0; n < errors.length; n++) {
      const error = errors[n] as number;
      if (!Number.isFinite(error)) continue;
      const bin = Math.min(timeBins - 1, Math.floor(((t[n] as number) * timeBins) / nSteps));
      const count = (this.#counts[bin] as number) + 1;
      const before = count === 1 ? error : (this.#means[bin] as number);
      this.#counts[bin] = count;
      // The first ones weigh the same each.
      this.#means[bin] = before + (error - before) / Math.min(count, MEMORY);
    }
  }

  /** A copy; NaN where no picture was yet. */
  get means(): Float32Array {
    return this.#means.slice();
  }

  /** Forgets all. */
  clear(): void {
    this.#means.fill(Number.NaN);
    this.#counts.fill(0);
  }
}
