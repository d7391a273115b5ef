import type { Operations } from '../operations';

/** squaredError in stock tfjs ops: L_simple where every weight is 1. */
export const squaredErrorReference: Operations['squaredError'] = (prediction, target, weight) =>
  prediction
    .sub(target)
    .square()
    .mul(weight.reshape([-1, 1, 1, 1]))
    .mean();
