import type * as tf from '@tensorflow/tfjs';
import type { Operations } from '../operations';

/** squaredError in stock tfjs ops: the shares of L_simple where every weight is 1. */
export const squaredErrorReference: Operations['squaredError'] = (prediction, target, weight) =>
  prediction
    .sub(target)
    .square()
    .mean<tf.Tensor1D>([1, 2, 3])
    .mul<tf.Tensor1D>(weight)
    .div(prediction.shape[0]);
