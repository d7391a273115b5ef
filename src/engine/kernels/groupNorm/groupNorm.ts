import * as tf from '@tensorflow/tfjs';
import { type GroupNormAttributes, runKernel } from '../contracts';
import type { Operations } from '../operations';

/** groupNorm, SiLU and dropout as one kernel forward (keeping mean and 1/σ of each group) and one backward. */
export const groupNorm: Operations['groupNorm'] = (x, affine, { groups, silu, dropout }) => {
  const attributes: GroupNormAttributes = {
    groups,
    silu,
    dropoutRate: dropout?.rate ?? 0,
    dropoutSeed: dropout?.seed ?? 0,
  };
  const operation = tf.customGrad((...args) => {
    const save = args.pop() as unknown as tf.GradSaveFunc;
    const [y, statistics] = runKernel('DdpmGroupNorm', { x, affine }, attributes);
    save([x, affine, statistics as tf.Tensor]);
    return {
      value: y as tf.Tensor,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [savedX, savedAffine, savedStatistics] = saved as [tf.Tensor, tf.Tensor, tf.Tensor];
        const inputs = { dy, x: savedX, affine: savedAffine, statistics: savedStatistics };
        return runKernel('DdpmGroupNormGradient', inputs, attributes);
      },
    };
  });
  return operation(x, affine) as tf.Tensor4D;
};
