import * as tf from '@tensorflow/tfjs';

const feeds = new WeakMap<object, () => Float32Array>();

/** A tensor of values from the host that are others at every run: a replay asks for them again. */
export function feed<R extends tf.Rank>(values: () => Float32Array, shape: tf.ShapeMap[R]): tf.Tensor<R> {
  const tensor = tf.tensor<R>(values(), shape, 'float32');
  feeds.set(tensor.dataId, values);
  return tensor;
}

/** What tells the values of a tensor that was fed; undefined for any other. */
export function feedOf(dataId: object): (() => Float32Array) | undefined {
  return feeds.get(dataId);
}
