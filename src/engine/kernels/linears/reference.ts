import { linearReference } from '../linear/reference';
import type { Operations } from '../operations';

/** linears in stock tfjs ops. */
export const linearsReference: Operations['linears'] = (x, kernels) =>
  kernels.map((kernel) => linearReference(x, kernel));
