import * as tf from '@tensorflow/tfjs';
import { runKernel } from '../contracts';
import type { Operations } from '../operations';

const pointwise = { size: 1, stride: 1 } as const;

/**
 * linears as one kernel, [x, ...kernels] → [y, ...]. Backward each is a linear map of its own, whose gradients for x are
 * added up. A kernel of tfjs and no custom gradient, since only those may have several outputs.
 */
export const linears: Operations['linears'] = (x, kernels) => {
  const inputs = [x, ...kernels] as unknown as tf.NamedTensorMap;
  const outputs = tf.engine().runKernel('DdpmLinears', inputs, {});
  return (Array.isArray(outputs) ? outputs : [outputs]) as tf.Tensor2D[];
};

tf.registerGradient({
  kernelName: 'DdpmLinears',
  saveAllInputs: true,
  gradFunc: (dy, [x, ...kernels]) => {
    const row = (tensor: tf.Tensor) => tensor.reshape([1, 1, ...tensor.shape]);
    const [xRow, dyRows] = [row(x as tf.Tensor), (Array.isArray(dy) ? dy : [dy]).map(row)];
    const inputShape = xRow.shape as [number, number, number, number];
    const ofInput = () =>
      kernels
        .map((kernel, i) => {
          const inputs = { dy: dyRows[i] as tf.Tensor, kernel };
          return runKernel('DdpmConv2dInputGradient', inputs, { ...pointwise, inputShape })[0] as tf.Tensor;
        })
        .reduce((sum, dx) => sum.add(dx))
        .reshape((x as tf.Tensor).shape);
    const ofKernels = dyRows.map(
      (dyRow) => () =>
        runKernel('DdpmConv2dKernelGradient', { x: xRow, dy: dyRow }, pointwise)[0] as tf.Tensor,
    );
    const gradients = [ofInput, ...ofKernels];
    return Object.fromEntries(gradients.map((gradient, i) => [i, gradient]));
  },
});
