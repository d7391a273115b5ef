import * as tf from '@tensorflow/tfjs';
import type { TfjsWebgpuBackend } from './backend';

/** A kernel that waits until somebody wants what it writes. */
export interface Later {
  reads: readonly tf.TensorInfo[];
  writes: readonly tf.TensorInfo[];
  /**
   * Writes its outputs, in the order of `writes`; where there is none, because nobody wants it any more, it goes
   * nowhere. The first becomes the sum of the kernel's own and `addend`, if there is one.
   */
  run(outputs: readonly (tf.TensorInfo | undefined)[], addend?: tf.TensorInfo): void;
}

interface Entry {
  later: Later;
  /** Outputs that are still to be written. */
  waiting: Set<object>;
}

/**
 * Gradients that nobody has asked for yet. tfjs's tape adds the gradients of a tensor that is used twice: a sum becomes
 * part of the kernel that computes its latter half, and a gradient that is thrown away is never computed.
 */
export class Deferred {
  #backend: TfjsWebgpuBackend;
  #entries = new Map<object, Entry>();

  constructor(backend: TfjsWebgpuBackend) {
    this.#backend = backend;
  }

  add(later: Later): void {
    for (const { dataId } of later.reads) this.#backend.incRef(dataId);
    const entry = { later, waiting: new Set(later.writes.map(({ dataId }) => dataId)) };
    for (const dataId of entry.waiting) this.#entries.set(dataId, entry);
  }

  /** Runs the kernel that writes a tensor, if it waits. */
  complete(dataId: object): void {
    const entry = this.#entries.get(dataId);
    if (!entry) return;
    const outputs = entry.later.writes.map((output) =>
      entry.waiting.has(output.dataId) ? output : undefined,
    );
    for (const waiting of entry.waiting) this.#entries.delete(waiting);
    entry.waiting.clear();
    entry.later.run(outputs);
    this.#release(entry);
  }

  completeAll(): void {
    for (const dataId of [...this.#entries.keys()]) this.complete(dataId);
  }

  /** Writes a + b to `into` by the kernel that computes one of them; false where neither waits. */
  sum(a: tf.TensorInfo, b: tf.TensorInfo, into: tf.TensorInfo): boolean {
    return this.#addTo(a, b, into) || this.#addTo(b, a, into);
  }

  /** A tensor is no more. */
  forget(dataId: object): void {
    const entry = this.#entries.get(dataId);
    if (!entry) return;
    this.#entries.delete(dataId);
    entry.waiting.delete(dataId);
    if (entry.waiting.size === 0) this.#release(entry);
  }

  #addTo({ dataId }: tf.TensorInfo, addend: tf.TensorInfo, into: tf.TensorInfo): boolean {
    const entry = this.#entries.get(dataId);
    const { later, waiting } = entry ?? {};
    if (!later || !waiting || later.writes[0]?.dataId !== dataId || addend.dataId === dataId) return false;
    this.complete(addend.dataId);
    const others = later.writes.slice(1).map((output) => (waiting.has(output.dataId) ? output : undefined));
    for (const output of others) {
      if (!output) continue;
      this.#entries.delete(output.dataId);
      waiting.delete(output.dataId);
    }
    later.run([into, ...others], addend);
    return true;
  }

  #release({ later }: Entry): void {
    const backend = this.#backend;
    for (const { dataId } of later.reads) {
      // Where this was the last reference, the engine has not counted the tensor's end.
      if (backend.disposeData(dataId))
        tf.engine().removeDataId(dataId, backend as unknown as tf.KernelBackend);
    }
  }
}
