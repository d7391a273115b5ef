import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../operations';

/** adamEma in stock tfjs ops, with PyTorch's order of bias correction and ε. */
export const adamEmaReference: Operations['adamEma'] = (updates, settings) => {
  const { learningRate, beta1, beta2, epsilon, step, emaDecay } = settings;
  const stepSize = learningRate / (1 - beta1 ** step);
  const rootCorrection = Math.sqrt(1 - beta2 ** step);
  for (const { parameter, gradient, m, v, ema } of updates) {
    tf.tidy(() => {
      m.assign(m.mul(beta1).add(gradient.mul(1 - beta1)));
      v.assign(v.mul(beta2).add(gradient.square().mul(1 - beta2)));
      const denominator = v.sqrt().div(rootCorrection).add(epsilon);
      parameter.assign(parameter.sub(m.div(denominator).mul(stepSize)));
      ema.assign(ema.mul(emaDecay).add(parameter.mul(1 - emaDecay)));
    });
  }
};
