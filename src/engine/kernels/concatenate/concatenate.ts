import * as tf from '@tensorflow/tfjs';
import { runKernel } from '../contracts';
import type { Operations } from '../operations';

/** concatenate by the stock kernel; its gradient splits both halves at once. */
export const concatenate: Operations['concatenate'] = (a, b) => {
  const split = a.shape[3];
  const operation = tf.customGrad(() => ({
    value: tf.concat([a, b], 3),
    gradFunc: (dy: tf.Tensor) => runKernel('DdpmSplitChannels', { dy }, { split }),
  }));
  return operation(a, b) as tf.Tensor4D;
};
