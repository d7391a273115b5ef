import type { Diffusion } from './diffusion';
import { flowPoint } from './flow';

/**
 * How much longer than the straight line from noise to image the paths of a reverse process are, in the coordinates of a
 * flow, x_s = x_t / (√ᾱ_t + √(1−ᾱ_t)), in which a rectified flow is straight (Liu et al. 2022).
 */
export class PathLength {
  readonly #diffusion: Diffusion;
  /** Values of one image or point. */
  readonly #size: number;
  #start: Float32Array | undefined;
  #last: Float32Array | undefined;
  #lengths: Float64Array | undefined;

  constructor(diffusion: Diffusion, size: number) {
    this.#diffusion = diffusion;
    this.#size = size;
  }

  /** The next places on the paths, all at the same t; −1 is the image. */
  add(x: Float32Array, t: number): void {
    const { scale } = flowPoint(this.#diffusion, t);
    const place = x.map((value) => scale * value);
    this.#start ??= place;
    this.#lengths ??= new Float64Array(x.length / this.#size);
    const lengths = this.#lengths;
    if (this.#last) {
      const steps = this.#distances(this.#last, place);
      for (let i = 0; i < lengths.length; i++) lengths[i] = (lengths[i] as number) + (steps[i] as number);
    }
    this.#last = place;
  }

  /** Length of all paths together over the distances of their ends: 1 is straight; NaN where nothing has moved. */
  get ratio(): number {
    if (!this.#start || !this.#last || !this.#lengths) return Number.NaN;
    const sum = (values: Float64Array) => values.reduce((all, value) => all + value, 0);
    return sum(this.#lengths) / sum(this.#distances(this.#start, this.#last));
  }

  #distances(from: Float32Array, to: Float32Array): Float64Array {
    const squares = new Float64Array(from.length / this.#size);
    for (let i = 0; i < from.length; i++) {
      const image = Math.floor(i / this.#size);
      squares[image] = (squares[image] as number) + ((to[i] as number) - (from[i] as number)) ** 2;
    }
    return squares.map(Math.sqrt);
  }
}
