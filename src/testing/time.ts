import { vi } from 'vitest';
import { fusedOperations } from '../engine/kernels/fused';
import type { Operations } from '../engine/kernels/operations';
import { nextTask } from '../worker/nextTask';

/** Lets so many tasks of the event loop pass: enough for work that nothing holds to show itself, however busy the machine is. */
export async function tasks(count = 50): Promise<void> {
  for (let i = 0; i < count; i++) await nextTask();
}

/** Waits until something is so; the limit of the test is the only one. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await nextTask();
}

/**
 * Operations by which performance.now() moves on by `milliseconds` at each pass of a U-Net of two levels, and at nothing else:
 * what depends on time comes out the same on every machine.
 */
export function networkTime(milliseconds: number): Pick<Operations, 'convTranspose2d'> {
  vi.useFakeTimers({ toFake: ['performance'] });
  return {
    convTranspose2d: (...args) => {
      vi.advanceTimersByTime(milliseconds);
      return fusedOperations.convTranspose2d(...args);
    },
  };
}
