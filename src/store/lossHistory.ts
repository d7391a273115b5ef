/** The smoothed curve forgets like the moving average of the weights: by a share of 1/10 at first, of 5 % later. */
const smoothing = 0.95;

/**
 * The loss of every step, or of those from one step on, and its moving average, growing in place. Steps count from 1; NaN
 * stands where none is known, and the average passes over it.
 */
export class LossHistory {
  #raw = new Float32Array(1024);
  #smoothed = new Float32Array(1024);
  #length = 0;
  /** Steps before the first loss that was told. */
  #before = 0;
  /** How many losses the average has seen up to each end; its weight depends on it. */
  #known = 0;

  /** Steps so far, with those before the first loss. */
  get length(): number {
    return this.#before + this.#length;
  }

  /** Steps before the first one of `raw` and `smoothed`. */
  get before(): number {
    return this.#before;
  }

  /** Loss of the steps from `before` + 1 on; a view, to be read before more is added. */
  get raw(): Float32Array {
    return this.#raw.subarray(0, this.#length);
  }

  /** Exponential moving average d·before + (1−d)·loss with d = min(0.95, (1+k)/(10+k)) at the k-th loss; a view. */
  get smoothed(): Float32Array {
    return this.#smoothed.subarray(0, this.#length);
  }

  /**
   * Adds the losses of steps lastStep − losses.length + 1 … lastStep; what lies between and was never told is NaN. Steps that
   * come again, because the weights went back, take the place of those before and of all after.
   */
  append(lastStep: number, losses: ArrayLike<number>): void {
    this.rewind(lastStep - losses.length);
    if (this.#length === 0) this.#before = lastStep - losses.length;
    const first = lastStep - losses.length - this.#before;
    const length = lastStep - this.#before;
    this.#reserve(length);
    for (let i = this.#length; i < length; i++) {
      const loss = i < first ? Number.NaN : (losses[i - first] as number);
      const before = i === 0 ? Number.NaN : (this.#smoothed[i - 1] as number);
      this.#raw[i] = loss;
      if (!Number.isFinite(loss)) this.#smoothed[i] = before;
      else {
        const decay = this.#known === 0 ? 0 : Math.min(smoothing, (1 + this.#known) / (10 + this.#known));
        this.#smoothed[i] = decay === 0 ? loss : decay * before + (1 - decay) * loss;
        this.#known++;
      }
    }
    this.#length = length;
  }

  /** Forgets all after a step, for weights that went back to it. */
  rewind(step: number): void {
    if (step >= this.length) return;
    this.#before = Math.min(this.#before, step);
    this.#length = step - this.#before;
    this.#known = this.raw.filter(Number.isFinite).length;
  }

  /** Mean of the last `count` losses that are known; NaN where there is none. */
  recentMean(count: number): number {
    let sum = 0;
    let known = 0;
    for (let i = Math.max(0, this.#length - count); i < this.#length; i++) {
      const loss = this.#raw[i] as number;
      if (!Number.isFinite(loss)) continue;
      sum += loss;
      known++;
    }
    return known === 0 ? Number.NaN : sum / known;
  }

  #reserve(length: number): void {
    if (length <= this.#raw.length) return;
    const capacity = 2 ** Math.ceil(Math.log2(length));
    this.#raw = grown(this.#raw, capacity);
    this.#smoothed = grown(this.#smoothed, capacity);
  }
}

function grown(values: Float32Array<ArrayBuffer>, capacity: number): Float32Array<ArrayBuffer> {
  const copy = new Float32Array(capacity);
  copy.set(values);
  return copy;
}
