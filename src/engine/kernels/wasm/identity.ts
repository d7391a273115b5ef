import type * as tf from '@tensorflow/tfjs';
import { replaceKernel } from '../replaceKernel';

/**
 * Makes a clone share its tensor's memory, as on the other backends: the stock kernel copies, and every tensor that is
 * saved for a gradient is a clone.
 */
export function registerIdentity(): void {
  replaceKernel('wasm', 'Identity', ({ inputs, backend }) => {
    const { x } = inputs as { x: tf.TensorInfo };
    (backend as tf.KernelBackend).incRef(x.dataId);
    return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
  });
}
