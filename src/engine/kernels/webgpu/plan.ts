import type * as tf from '@tensorflow/tfjs';
import type { Program } from './program';
import type { UniformValues } from './uniforms';

/** What a dispatch binds: a tensor (of one part, if it lies in a slab and is read), or a place in a buffer. */
export type Operand = tf.TensorInfo | GPUBufferBinding;

/** A dispatch for tensors of certain shapes: all of it but the tensors. */
export interface Plan {
  readonly program: Program;
  /** All uniforms, but those that change. */
  readonly values: UniformValues;
  readonly workgroups: readonly [x: number, y?: number, z?: number];
}

/** What appends dispatches to the backend's commands. */
export interface Dispatcher {
  plan<P extends Plan>(key: string, make: () => P): P;
  run(plan: Plan, operands: Readonly<Record<string, Operand | undefined>>): void;
}

/** Plans that are kept; with more, all are made anew. */
const MOST_KEPT = 4096;

/** The plans of the shapes that were met, since a model meets the same ones at every step. */
export class Plans {
  #known = new Map<string, Plan>();

  /** The plan of a key, made at its first use. A key tells the kernel and all that its plan depends on. */
  of<P extends Plan>(key: string, make: () => P): P {
    let plan = this.#known.get(key) as P | undefined;
    if (!plan) {
      plan = make();
      if (this.#known.size >= MOST_KEPT) this.#known.clear();
      this.#known.set(key, plan);
    }
    return plan;
  }

  clear(): void {
    this.#known.clear();
  }
}
