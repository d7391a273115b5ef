import * as tf from '@tensorflow/tfjs';

/** Whether a tensor is float32 and has elements: what our own kernels take of tfjs's. */
export function isPlain({ dtype, shape }: tf.TensorInfo): boolean {
  return dtype === 'float32' && tf.util.sizeFromShape(shape) > 0;
}
