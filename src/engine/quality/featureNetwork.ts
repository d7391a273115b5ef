import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../kernels/operations';
import { FEATURES } from './definitions';

const CHANNELS = [16, 32, 64] as const;

/** What of a data set decides how the network is built. */
export interface FeatureConfig {
  imageSize: number;
  imageChannels: number;
  classes: number;
}

/** Shapes of the layers' matrices `[K + 1, O]` by name, in the order in which an image meets them. */
export function featureLayers({ imageSize, imageChannels, classes }: FeatureConfig) {
  const [first, second, third] = CHANNELS;
  const side = Math.ceil(Math.ceil(imageSize / 2) / 2);
  return {
    conv1: [9 * imageChannels + 1, first],
    conv2: [9 * first + 1, second],
    conv3: [9 * second + 1, third],
    features: [side * side * third + 1, FEATURES],
    classes: [FEATURES + 1, classes + 1],
  } as const satisfies Record<string, readonly [number, number]>;
}

export type FeatureLayer = keyof ReturnType<typeof featureLayers>;
export type FeatureWeights = Readonly<Record<FeatureLayer, tf.Tensor2D>>;

/**
 * Features `[N, 32]` of images NHWC in [−1, 1]: what a small network knows of an image just before it tells which class
 * it belongs to, or that it is spoiled: noisy, or a blend of two. Three convolutions (the second and third with stride 2) with SiLU, then one linear layer.
 */
export function featuresOf(
  operations: Operations,
  weights: FeatureWeights,
  images: tf.Tensor4D,
): tf.Tensor2D {
  const first = silu(operations.conv2d(images, weights.conv1, { size: 3 }));
  const second = silu(operations.conv2d(first, weights.conv2, { size: 3, stride: 2 }));
  const third = silu(operations.conv2d(second, weights.conv3, { size: 3, stride: 2 }));
  return operations.linear(third.reshape([images.shape[0], -1]), weights.features);
}

/** A score for each class and for "none of them" `[N, classes + 1]`, before the softmax. */
export function classScores(
  operations: Operations,
  weights: FeatureWeights,
  features: tf.Tensor2D,
): tf.Tensor2D {
  return operations.linear(silu(features), weights.classes);
}

function silu<T extends tf.Tensor>(x: T): T {
  return tf.mul(x, tf.sigmoid(x));
}
