import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../operations';

/** concatenate in stock tfjs ops. */
export const concatenateReference: Operations['concatenate'] = (a, b) => tf.concat([a, b], 3);
