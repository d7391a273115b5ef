import * as tf from '@tensorflow/tfjs';
import { runKernel } from '../contracts';
import type { Operations } from '../operations';

/**
 * squaredError as one kernel that leaves shares and gradient together. Their sum is the loss, the end of the graph: its
 * gradient is 1, so that of the prediction needs no further product. Target and weight get none.
 */
export const squaredError: Operations['squaredError'] = (prediction, target, weight) => {
  const operation = tf.customGrad((...args) => {
    const save = args.pop() as unknown as tf.GradSaveFunc;
    const [shares, gradient] = runKernel('DdpmSquaredError', { prediction, target, weight }, {});
    save([gradient as tf.Tensor]);
    return {
      value: shares as tf.Tensor,
      gradFunc: (_: tf.Tensor, [saved]: tf.Tensor[]) => (saved as tf.Tensor).clone(),
    };
  });
  return operation(prediction) as tf.Tensor1D;
};
