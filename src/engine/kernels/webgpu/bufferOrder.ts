import { type TfjsWebgpuBackend, tensorUsage } from './backend';

const ordinals = new WeakMap<GPUBuffer, number>();
let seen = 0;

/** A number of the buffer's own, smaller than that of every buffer seen later. */
export function ordinalOf(buffer: GPUBuffer): number {
  let ordinal = ordinals.get(buffer);
  if (ordinal === undefined) {
    ordinal = seen++;
    ordinals.set(buffer, ordinal);
  }
  return ordinal;
}

/**
 * Makes tfjs's pool hand out the oldest of its free buffers, not the one that came back last: then what a step gets depends
 * on which buffers are free, not on the order of their return, and every step finds its tensors where the last one had them.
 */
export function handOutOldestFirst({ bufferManager }: TfjsWebgpuBackend): void {
  const { releaseBuffer } = bufferManager;
  bufferManager.releaseBuffer = (buffer, reuse = true) => {
    releaseBuffer.call(bufferManager, buffer, reuse);
    const free = bufferManager.freeBuffers.get(`${buffer.size}_${buffer.usage}`);
    if (free?.at(-1) !== buffer) return;
    // The pool takes from the end.
    let place = free.length - 1;
    for (; place > 0 && ordinalOf(free[place - 1] as GPUBuffer) < ordinalOf(buffer); place--) {
      free[place] = free[place - 1] as GPUBuffer;
    }
    free[place] = buffer;
  };
}

/** Destroys the buffers of tensors that wait in tfjs's pool for their next use. */
export function emptyPool({ bufferManager }: TfjsWebgpuBackend): void {
  const ofTensors = `_${tensorUsage()}`;
  for (const [key, free] of bufferManager.freeBuffers) {
    if (!key.endsWith(ofTensors)) continue;
    for (const buffer of free.splice(0)) {
      bufferManager.numFreeBuffers--;
      bufferManager.numBytesAllocated -= buffer.size;
      buffer.destroy();
    }
  }
}
