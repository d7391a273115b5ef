import * as tf from '@tensorflow/tfjs';
import { runKernel } from '../contracts';
import { conv2d } from '../conv2d/conv2d';
import type { Operations } from '../operations';

/** linear as a 1×1 convolution over one row of M pixels, so that it shares the convolution's kernels. */
export const linear: Operations['linear'] = (x, kernel, { activation, residual } = {}) => {
  const outputs = kernel.shape[1];
  const rows = x.shape[0];
  const row: [number, number, number, number] = [1, 1, rows, outputs];
  const sum = residual ? { residual: residual.reshape<tf.Tensor4D>(row) } : {};
  const product = conv2d(x.reshape([1, 1, rows, x.shape[1]]), kernel, { size: 1, ...sum });
  const y: tf.Tensor2D = product.reshape([rows, outputs]);
  return activation === 'silu' ? silu(y) : y;
};

function silu(x: tf.Tensor2D): tf.Tensor2D {
  const operation = tf.customGrad((...args) => {
    const save = args.pop() as unknown as tf.GradSaveFunc;
    save([x]);
    return {
      value: runKernel('DdpmSilu', { x }, {})[0] as tf.Tensor,
      gradFunc: (dy: tf.Tensor, [saved]: tf.Tensor[]) =>
        runKernel('DdpmSiluGradient', { dy, x: saved as tf.Tensor }, {}),
    };
  });
  return operation(x) as tf.Tensor2D;
}
