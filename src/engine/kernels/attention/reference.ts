import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../operations';

/** attention in stock tfjs ops: softmax over the keys. */
export const attentionReference: Operations['attention'] = (qkv) =>
  tf.matMul(attentionWeights(qkv), tf.split(qkv, 3, 2)[2] as tf.Tensor3D) as tf.Tensor3D;

/** softmax(QKᵀ/√D) of qkv `[N,L,3D]`: `[N,L,L]`, each row the weights of one query over all keys, which sum to 1. */
export function attentionWeights(qkv: tf.Tensor3D): tf.Tensor3D {
  const [q, k] = tf.split(qkv, 3, 2) as [tf.Tensor3D, tf.Tensor3D, tf.Tensor3D];
  return tf.softmax(tf.matMul(q, k, false, true).mul(q.shape[2] ** -0.5));
}
