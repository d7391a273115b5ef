import * as tf from '@tensorflow/tfjs';
import type { AdamEmaSettings, AdamEmaUpdate, Operations } from '../operations';

/** Updates all parameters in place on one backend; fewer, larger dispatches are the backend's own affair. */
export type AdamEmaUpdater = (updates: AdamEmaUpdate[], settings: AdamEmaSettings) => void;

const updaters = new Map<string, AdamEmaUpdater>();

/** Says how a backend ('wasm', 'webgpu') runs adamEma. It returns nothing, so it is no tfjs kernel. */
export function registerAdamEma(backendName: string, updater: AdamEmaUpdater): void {
  updaters.set(backendName, updater);
}

/** adamEma by the current backend's updater. Throws where none is registered. */
export const adamEma: Operations['adamEma'] = (updates, settings) => {
  const updater = updaters.get(tf.getBackend());
  if (!updater) throw new Error(`No fused Adam step is registered for the backend '${tf.getBackend()}'.`);
  updater(updates, settings);
};
