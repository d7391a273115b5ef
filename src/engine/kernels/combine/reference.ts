import type * as tf from '@tensorflow/tfjs';
import type { Operations } from '../operations';

/** combine in stock tfjs ops. */
export const combineReference: Operations['combine'] = (x, a, y, b) =>
  x.mul<tf.Tensor4D>(a.reshape([-1, 1, 1, 1])).add(y.mul(b.reshape([-1, 1, 1, 1])));
