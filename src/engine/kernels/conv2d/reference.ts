import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../operations';

/** conv2d in stock tfjs ops: explicit padding, since PyTorch pads a stride-2 convolution on both sides. */
export const conv2dReference: Operations['conv2d'] = (
  x,
  kernel,
  { size, stride = 1, shift, residual, shortcut },
) => {
  const inputs = x.shape[3];
  const outputs = kernel.shape[1];
  const rows = size * size * inputs;
  const filter = kernel.slice([0, 0], [rows, outputs]).reshape([size, size, inputs, outputs]) as tf.Tensor4D;
  const margin = (size - 1) / 2;
  const pad: tf.backend_util.ExplicitPadding = [
    [0, 0],
    [margin, margin],
    [margin, margin],
    [0, 0],
  ];
  let y: tf.Tensor4D = tf.conv2d(x, filter, stride, pad).add(kernel.slice([rows, 0], [1, outputs]));
  if (shift) y = y.add(shift.reshape([-1, 1, 1, outputs]));
  if (residual) y = y.add(residual);
  if (shortcut) y = y.add(conv2dReference(shortcut.x, shortcut.kernel, { size: 1 }));
  return y;
};
