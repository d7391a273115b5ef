import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../operations';

/** convTranspose2d in stock tfjs ops: the gradient of a 4×4 convolution with stride 2 and padding 1. */
export const convTranspose2dReference: Operations['convTranspose2d'] = (x, kernel) => {
  const [images, height, width, inputs] = x.shape;
  const outputs = kernel.shape[1];
  const rows = 16 * inputs;
  const filter = kernel
    .slice([0, 0], [rows, outputs])
    .reshape([4, 4, inputs, outputs])
    .transpose([0, 1, 3, 2]);
  const y = tf.conv2dTranspose(x, filter as tf.Tensor4D, [images, 2 * height, 2 * width, outputs], 2, 'same');
  return y.add(kernel.slice([rows, 0], [1, outputs]));
};
