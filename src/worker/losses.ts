import { LossByTime } from './lossByTime';

/** The losses of a model's steps, in one array that grows: of all steps, or of the last ones where those before were not kept. */
export class Losses {
  /** Of the steps since the model was made or opened. */
  readonly byTime = new LossByTime();
  #values: Float32Array;
  #count: number;
  /** Steps before the first loss. */
  #before: number;

  /** `values` are the losses of the last steps of `steps`. */
  constructor(values: Float32Array = new Float32Array(), steps = values.length) {
    this.#count = Math.min(values.length, steps);
    this.#values = values.slice(values.length - this.#count);
    this.#before = steps - this.#count;
  }

  /** Steps taken, with those whose loss was not kept. */
  get length(): number {
    return this.#before + this.#count;
  }

  push(loss: number): void {
    if (this.#count === this.#values.length) {
      const grown = new Float32Array(Math.max(1024, 2 * this.#count));
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#count++] = loss;
  }

  /** Forgets all but those of the first `length` steps. */
  truncate(length: number): void {
    if (length < this.length) this.byTime.clear();
    this.#before = Math.min(this.#before, length);
    this.#count = Math.min(this.#count, length - this.#before);
  }

  /** A copy of those after the first `step` steps, as far as they were kept. */
  from(step: number): Float32Array {
    return this.#values.slice(Math.max(0, step - this.#before), this.#count);
  }
}
