import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../operations';

/** attention in stock tfjs ops: softmax over the keys. */
export const attentionReference: Operations['attention'] = (qkv) => {
  const [q, k, v] = tf.split(qkv, 3, 2) as [tf.Tensor3D, tf.Tensor3D, tf.Tensor3D];
  const scores = tf.matMul(q, k, false, true).mul(q.shape[2] ** -0.5);
  return tf.matMul(tf.softmax(scores), v) as tf.Tensor3D;
};
