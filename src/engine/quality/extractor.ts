import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../kernels/operations';
import { FEATURES } from './definitions';
import { type FeatureFile, featureWeights } from './featureFile';
import { featuresOf } from './featureNetwork';

/** Runs a piece of work when it is its turn, so that training goes on between two. */
export type InTurn = <T>(work: () => Promise<T> | T) => Promise<T>;

/** Images in the network at a time. */
const PART = 128;

/** The scaled features `[N, 32]` of images NHWC in [−1, 1], one part after another. */
export async function extractFeatures(
  operations: Operations,
  file: FeatureFile,
  images: Float32Array,
  inTurn: InTurn,
): Promise<Float32Array> {
  const { imageSize: size, imageChannels: channels } = file.config;
  const length = size * size * channels;
  const count = images.length / length;
  const features = new Float32Array(count * FEATURES);
  for (let begin = 0; begin < count; begin += PART) {
    const part = images.subarray(begin * length, (begin + PART) * length);
    features.set(
      await inTurn(() => featuresOfPart(operations, file, part, size, channels)),
      begin * FEATURES,
    );
  }
  return features;
}

async function featuresOfPart(
  operations: Operations,
  file: FeatureFile,
  images: Float32Array,
  size: number,
  channels: number,
): Promise<Float32Array> {
  const features = tf.tidy(() => {
    const x = tf.tensor4d(images, [images.length / (size * size * channels), size, size, channels]);
    return featuresOf(operations, featureWeights(file), x).mul(file.scale);
  });
  const values = await features.data();
  features.dispose();
  return values as Float32Array;
}
