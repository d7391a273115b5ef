import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../operations';
import { LEAST_SHARE, NORMAL_CDF, STEEPEST } from './normalCdf';

/** hybridError in stock tfjs ops. */
export const hybridErrorReference: Operations['hybridError'] = (prediction, target, image, factors) => {
  const count = prediction.shape[0];
  const [guess, v] = tf.split(prediction, 2, 3) as [tf.Tensor4D, tf.Tensor4D];
  const column = (index: number) => factors.slice([0, index], [count, 1]).reshape([count, 1, 1, 1]);
  const [weight, boundWeight, logLow, logHigh, meanError, halfBin] = [0, 1, 2, 3, 4, 5].map(column) as [
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
  ];
  const error = guess.sub(target);
  const logVariance = logLow.add(v.add(1).mul(0.5).mul(logHigh.sub(logLow)));
  const difference = withoutGradient(error.mul(meanError));
  const divergence = logVariance
    .sub(logLow)
    .sub(1)
    .add(logLow.sub(logVariance).exp())
    .add(difference.square().mul(logVariance.neg().exp()))
    .mul(0.5);

  const scale = logVariance.mul(-0.5).exp();
  const above = normalCdf(halfBin.sub(difference).mul(scale));
  const below = normalCdf(halfBin.neg().sub(difference).mul(scale));
  const isBlack = image.less(halfBin.sub(1));
  const isWhite = image.greater(halfBin.mul(-1).add(1));
  const share = tf.where(isBlack, above, tf.where(isWhite, below.mul(-1).add(1), above.sub(below)));
  const surprise = share.maximum(LEAST_SHARE).log().neg();

  const bound = tf.where(halfBin.greater(0), surprise, divergence);
  return weight.mul(error.square()).add(boundWeight.mul(bound)).mean<tf.Tensor1D>([1, 2, 3]).div(count);
};

function normalCdf(x: tf.Tensor): tf.Tensor {
  const { slope, cubic } = NORMAL_CDF;
  return x.add(x.mul(x).mul(x).mul(cubic)).mul(slope).clipByValue(-STEEPEST, STEEPEST).tanh().add(1).mul(0.5);
}

function withoutGradient<T extends tf.Tensor>(x: T): T {
  return tf.customGrad((...args) => ({
    value: (args[0] as tf.Tensor).clone(),
    gradFunc: (dy: tf.Tensor) => tf.zerosLike(dy),
  }))(x) as T;
}
