import type * as tf from '@tensorflow/tfjs';
import { runKernel } from '../contracts';
import type { Operations } from '../operations';

/** combine as one kernel. */
export const combine: Operations['combine'] = (x, a, y, b) =>
  runKernel('DdpmCombine', { x, a, y, b }, {})[0] as tf.Tensor4D;
