import type { Diffusion } from '../../engine/diffusion/diffusion';
import { qStep } from '../../engine/diffusion/forward';
import { Random } from '../../engine/training/random';

/** Steps between two states that are kept. */
const KEPT_EVERY = 50;

/** Images noised one step q(x_t | x_{t−1}) after another: x after any number of steps, always the same one. */
export class NoisingChain {
  #diffusion: Diffusion;
  #seed: number;
  #kept: Map<number, Float32Array>;
  #newest: { steps: number; x: Float32Array };

  constructor(diffusion: Diffusion, x0: Float32Array, seed: number) {
    this.#diffusion = diffusion;
    this.#seed = seed;
    this.#kept = new Map([[0, x0]]);
    this.#newest = { steps: 0, x: x0 };
  }

  /** x after `steps` steps, 0 … T. On from the newest or from what was kept before it. */
  at(steps: number): Float32Array {
    let { steps: taken, x } = this.#newest;
    if (taken > steps) {
      taken = KEPT_EVERY * Math.floor(steps / KEPT_EVERY);
      while (!this.#kept.has(taken)) taken -= KEPT_EVERY;
      x = this.#kept.get(taken) as Float32Array;
    }
    for (; taken < steps; taken++) {
      const noise = new Random(this.#seed + 7919 * (taken + 1)).normal(x.length);
      x = qStep(this.#diffusion, x, taken, noise);
      if ((taken + 1) % KEPT_EVERY === 0) this.#kept.set(taken + 1, x);
    }
    this.#newest = { steps, x };
    return x;
  }
}
