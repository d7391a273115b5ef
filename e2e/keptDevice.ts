import type { Page } from '@playwright/test';
import { engineOf } from './engine';

/** What the tests need of the engine's device. */
export interface Within {
  device: GPUDevice;
  /** Readings of its buffers so far. */
  readings: number;
  /** The reading at which it is lost. */
  lastReading: number;
}

/** Runs in the engine's worker before its first call. */
export function keepDevice(): void {
  const within: Pick<Within, 'readings' | 'lastReading'> = {
    readings: 0,
    lastReading: Number.POSITIVE_INFINITY,
  };
  const { requestDevice } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = async function (...args) {
    const device = await requestDevice.apply(this, args);
    Object.assign(within, { device });
    return device;
  };
  const { mapAsync } = GPUBuffer.prototype;
  GPUBuffer.prototype.mapAsync = function (...args) {
    if (++within.readings === within.lastReading) (within as Within).device.destroy();
    return mapAsync.apply(this, args);
  };
  Object.assign(self, { within });
}

/** Does something with the engine's device; `action` is sent as text. */
export async function withDevice<T>(page: Page, action: (within: Within) => T): Promise<T> {
  const engine = await engineOf(page);
  return engine.evaluate(`(${action})(self.within)`) as Promise<T>;
}

export const lose = (page: Page) => withDevice(page, ({ device }) => device.destroy());
