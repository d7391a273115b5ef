import type * as tf from '@tensorflow/tfjs';
import type { AdamEmaUpdate } from '../operations';
import { type TfjsWebgpuBackend, tensorUsage } from '../webgpu/backend';
import type { WebgpuKernels } from '../webgpu/kernels';
import { aligned, type Slab } from '../webgpu/slabs';

/** What Adam and EMA write. */
export const roles = ['parameter', 'm', 'v', 'ema'] as const;
export type Role = (typeof roles)[number];

const ARENA_BYTES = 2 ** 26;

/** Where the tensors of one parameter lie: at the same offset (bytes) in the four slabs of an arena. */
export interface Slot {
  arena: Arena;
  offset: number;
}

/** Slabs for the parameters of a model, their moments and averages, so that one dispatch updates them all. */
export class Arena {
  readonly slabs: Readonly<Record<Role, Slab>>;
  /** Its tensors are all gone, and its memory too. */
  gone = false;

  constructor(backend: TfjsWebgpuBackend, bytes: number) {
    const slab = (): Slab => ({
      buffer: backend.bufferManager.acquireBuffer(bytes, tensorUsage(), false, false),
      live: 0,
      emptied: () => {
        if (this.gone || roles.some((role) => this.slabs[role].live > 0)) return;
        this.gone = true;
        for (const role of roles) backend.stagingPendingDisposal.push(this.slabs[role].buffer);
      },
    });
    this.slabs = { parameter: slab(), m: slab(), v: slab(), ema: slab() };
  }
}

/** Finds the parameters' places, and brings the tensors there that are elsewhere. */
export class Arenas {
  #kernels: WebgpuKernels;
  #slots = new WeakMap<tf.Variable, Slot>();

  constructor(kernels: WebgpuKernels) {
    this.#kernels = kernels;
  }

  /** The updates' slots, in their order. */
  place(updates: AdamEmaUpdate[]): Slot[] {
    this.#allocate(updates.filter(({ parameter }) => this.#slots.get(parameter)?.arena.gone ?? true));
    return updates.map((update) => {
      const slot = this.#slots.get(update.parameter) as Slot;
      for (const role of roles) {
        const slab = slot.arena.slabs[role];
        if (this.#kernels.regions.of(update[role])?.slab === slab) continue;
        const size = update[role].size;
        this.#kernels.move(update[role], { slab, offset: slot.offset, size, parts: 1 });
      }
      return slot;
    });
  }

  #allocate(updates: AdamEmaUpdate[]): void {
    let group: { parameter: tf.Variable; offset: number }[] = [];
    let bytes = 0;
    const close = () => {
      if (group.length === 0) return;
      const arena = new Arena(this.#kernels.backend, bytes);
      for (const { parameter, offset } of group) this.#slots.set(parameter, { arena, offset });
      group = [];
      bytes = 0;
    };
    for (const { parameter } of updates) {
      const size = aligned(4 * parameter.size);
      if (bytes + size > ARENA_BYTES) close();
      group.push({ parameter, offset: bytes });
      bytes += size;
    }
    close();
  }
}
