/** Equal intervals of t, each with its own mean. */
export const timeBins = 20;
/** About how many images a mean covers. */
const MEMORY = 200;

/** The mean squared error of the prediction by t: a moving average for each of `timeBins` equal intervals. */
export class LossByTime {
  #means = new Float32Array(timeBins).fill(Number.NaN);
  #counts = new Uint32Array(timeBins);

  /** Adds the errors of a batch, each at its t of 0 … nSteps − 1. NaN and infinite values are skipped. */
  add(t: ArrayLike<number>, errors: ArrayLike<number>, nSteps: number): void {
    for (let n = 0; n < errors.length; n++) {
      const error = errors[n] as number;
      if (!Number.isFinite(error)) continue;
      const bin = Math.min(timeBins - 1, Math.floor(((t[n] as number) * timeBins) / nSteps));
      const count = (this.#counts[bin] as number) + 1;
      const before = count === 1 ? error : (this.#means[bin] as number);
      this.#counts[bin] = count;
      // The first ones have equal weights.
      this.#means[bin] = before + (error - before) / Math.min(count, MEMORY);
    }
  }

  /** A copy; NaN where there was no image yet. */
  get means(): Float32Array {
    return this.#means.slice();
  }

  /** Forgets all. */
  clear(): void {
    this.#means.fill(Number.NaN);
    this.#counts.fill(0);
  }
}
