import * as tf from '@tensorflow/tfjs';
import type { ForwardHooks } from '../unet/hooks';

/** Hooks that keep the value at each point in `seen`, which the caller disposes of; `changes` act before. */
export function observing(
  points: Iterable<string>,
  seen: Map<string, tf.Tensor>,
  changes: ForwardHooks = new Map(),
): ForwardHooks {
  const hooks = new Map(changes);
  for (const point of points) {
    const change = changes.get(point);
    hooks.set(point, (value) => {
      const changed = change ? change(value) : value;
      // A clone, since the value itself may be one that its owner disposes of.
      seen.set(point, tf.keep(changed.clone()));
      return changed;
    });
  }
  return hooks;
}
