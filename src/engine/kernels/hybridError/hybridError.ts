import * as tf from '@tensorflow/tfjs';
import { runKernel } from '../contracts';
import type { Operations } from '../operations';

/** hybridError as one kernel that leaves shares and gradient together, as that of squaredError does. */
export const hybridError: Operations['hybridError'] = (prediction, target, image, factors) => {
  const operation = tf.customGrad((...args) => {
    const save = args.pop() as unknown as tf.GradSaveFunc;
    const inputs = { prediction, target, image, factors };
    const [shares, gradient] = runKernel('DdpmHybridError', inputs, {});
    save([gradient as tf.Tensor]);
    return {
      value: shares as tf.Tensor,
      gradFunc: (_: tf.Tensor, [saved]: tf.Tensor[]) => (saved as tf.Tensor).clone(),
    };
  });
  return operation(prediction) as tf.Tensor1D;
};
