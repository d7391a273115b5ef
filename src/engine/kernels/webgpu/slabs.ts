import { type TfjsWebgpuBackend, tensorUsage } from './backend';

/** Regions start where a binding may. */
const ALIGNMENT = 256;
const SLAB_BYTES = 2 ** 24;

/** A buffer that several tensors share. */
export interface Slab {
  readonly buffer: GPUBuffer;
  /** Tensors that lie in it. */
  live: number;
  /** The last of them has gone. */
  emptied(): void;
}

/** The next offset at which a region may start. */
export function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

/** Slabs for tensors that come and go together, as the gradients of one step do. */
export class SlabPool {
  #backend: TfjsWebgpuBackend;
  #slabs: PooledSlab[] = [];

  constructor(backend: TfjsWebgpuBackend) {
    this.#backend = backend;
  }

  /** Tensors that lie in any of them. */
  get live(): number {
    return this.#slabs.reduce((sum, { live }) => sum + live, 0);
  }

  /** Room in the first slab that has it, or in a new one. What was there is overwritten only by later commands. */
  allocate(bytes: number): { slab: Slab; offset: number } {
    const size = aligned(bytes);
    let slab = this.#slabs.find(({ buffer, used }) => used + size <= buffer.size);
    if (!slab) {
      const capacity = Math.max(SLAB_BYTES, size);
      slab = new PooledSlab(this.#backend.bufferManager.acquireBuffer(capacity, tensorUsage(), false, false));
      this.#slabs.push(slab);
    }
    const offset = slab.used;
    slab.used += size;
    return { slab, offset };
  }
}

class PooledSlab implements Slab {
  live = 0;
  used = 0;

  constructor(readonly buffer: GPUBuffer) {}

  emptied(): void {
    this.used = 0;
  }
}
