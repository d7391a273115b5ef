import { LossByTime } from './lossByTime';

/** The loss of every step of a model, in one array that grows. */
export class Losses {
  /** Of the steps since the model was made or opened. */
  readonly byTime = new LossByTime();
  #values: Float32Array;
  #length: number;

  constructor(values: Float32Array = new Float32Array()) {
    this.#values = values;
    this.#length = values.length;
  }

  get length(): number {
    return this.#length;
  }

  push(loss: number): void {
    if (this.#length === this.#values.length) {
      const grown = new Float32Array(Math.max(1024, 2 * this.#length));
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#length++] = loss;
  }

  /** Forgets all but the first `length`. */
  truncate(length: number): void {
    if (length < this.#length) this.byTime.clear();
    this.#length = Math.min(this.#length, length);
  }

  /** A copy of those from an index on. */
  from(index: number): Float32Array {
    return this.#values.slice(index, this.#length);
  }
}
