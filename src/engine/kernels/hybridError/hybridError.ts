import { runKernel } from '../contracts';
import { lossOperation } from '../lossOperation';
import type { Operations } from '../operations';

export const hybridError: Operations['hybridError'] = (prediction, target, image, factors) =>
  lossOperation(prediction, () => runKernel('DdpmHybridError', { prediction, target, image, factors }, {}));
