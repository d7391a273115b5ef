import * as tf from '@tensorflow/tfjs';
import type { runKernel } from './contracts';

/**
 * A loss as one kernel that leaves the shares of the images and the gradient of the prediction together. The shares' sum is
 * the loss, the end of the graph: its gradient is 1, so that of the prediction needs no further product. The other inputs get
 * none.
 */
export function lossOperation(prediction: tf.Tensor4D, run: () => ReturnType<typeof runKernel>): tf.Tensor1D {
  const operation = tf.customGrad((...args) => {
    const save = args.pop() as unknown as tf.GradSaveFunc;
    const [shares, gradient] = run();
    save([gradient as tf.Tensor]);
    return {
      value: shares as tf.Tensor,
      gradFunc: (_: tf.Tensor, [saved]: tf.Tensor[]) => (saved as tf.Tensor).clone(),
    };
  });
  return operation(prediction) as tf.Tensor1D;
}
