import type * as tf from '@tensorflow/tfjs';
import type { Operations } from '../operations';

/** linear in stock tfjs ops. */
export const linearReference: Operations['linear'] = (x, kernel, { activation, residual } = {}) => {
  const [rows, outputs] = kernel.shape;
  const weight = kernel.slice([0, 0], [rows - 1, outputs]);
  const bias = kernel.slice([rows - 1, 0], [1, outputs]);
  let y: tf.Tensor2D = x.matMul<tf.Tensor2D>(weight).add(bias);
  if (residual) y = y.add(residual);
  return activation === 'silu' ? y.mul(y.sigmoid()) : y;
};
