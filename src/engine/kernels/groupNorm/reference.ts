import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../operations';
import { now } from '../replay/live';
import { dropoutMask } from './dropoutMask';

/** ε under the root of the variance, PyTorch's default. */
export const GROUP_NORM_EPSILON = 1e-5;

/** groupNorm in stock tfjs ops: statistics over the pixels and channels of a group, biased variance. */
export const groupNormReference: Operations['groupNorm'] = (x, affine, { groups, silu, dropout }) => {
  const [images, height, width, channels] = x.shape;
  const grouped = x.reshape([images, height * width, groups, channels / groups]);
  const mean = grouped.mean([1, 3], true);
  const centred = grouped.sub(mean);
  const variance = centred.square().mean([1, 3], true);
  const normal = centred.mul(variance.add(GROUP_NORM_EPSILON).rsqrt()).reshape(x.shape);
  let y: tf.Tensor4D = normal
    .mul<tf.Tensor4D>(affine.slice([0, 0], [1, channels]))
    .add(affine.slice([1, 0], [1, channels]));
  if (silu) y = y.mul(y.sigmoid());
  if (!dropout || dropout.rate === 0) return y;
  return y.mul(tf.tensor4d(dropoutMask(y.size, dropout.rate, now(dropout.seed)), y.shape));
};
