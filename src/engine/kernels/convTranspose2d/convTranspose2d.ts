import * as tf from '@tensorflow/tfjs';
import { runKernel } from '../contracts';
import type { Operations } from '../operations';

/** convTranspose2d as one kernel forward and two backward. */
export const convTranspose2d: Operations['convTranspose2d'] = (x, kernel) => {
  const operation = tf.customGrad((...args) => {
    const save = args.pop() as unknown as tf.GradSaveFunc;
    const [y] = runKernel('DdpmConvTranspose2d', { x, kernel }, {});
    save([x, kernel]);
    return {
      value: y as tf.Tensor,
      gradFunc: (dy: tf.Tensor, [savedX, savedKernel]: tf.Tensor[]) => [
        ...runKernel('DdpmConvTranspose2dInputGradient', { dy, kernel: savedKernel as tf.Tensor }, {}),
        ...runKernel('DdpmConvTranspose2dKernelGradient', { x: savedX as tf.Tensor, dy }, {}),
      ],
    };
  });
  return operation(x, kernel) as tf.Tensor4D;
};
