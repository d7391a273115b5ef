import * as tf from '@tensorflow/tfjs';
import { runKernel } from '../contracts';
import type { Operations } from '../operations';

/** attention as one kernel forward, keeping the softmax weights, and one backward. */
export const attention: Operations['attention'] = (qkv) => {
  const operation = tf.customGrad((...args) => {
    const save = args.pop() as unknown as tf.GradSaveFunc;
    const [y, weights] = runKernel('DdpmAttention', { qkv }, {});
    save([qkv, weights as tf.Tensor]);
    return {
      value: y as tf.Tensor,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [savedQkv, savedWeights] = saved as [tf.Tensor, tf.Tensor];
        return runKernel('DdpmAttentionGradient', { dy, qkv: savedQkv, weights: savedWeights }, {});
      },
    };
  });
  return operation(qkv) as tf.Tensor3D;
};
