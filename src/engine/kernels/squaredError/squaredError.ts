import { runKernel } from '../contracts';
import { lossOperation } from '../lossOperation';
import type { Operations } from '../operations';

export const squaredError: Operations['squaredError'] = (prediction, target, weight) =>
  lossOperation(prediction, () => runKernel('DdpmSquaredError', { prediction, target, weight }, {}));
