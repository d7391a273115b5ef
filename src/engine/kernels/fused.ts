import { adamEma } from './adamEma/adamEma';
import { attention } from './attention/attention';
import { combine } from './combine/combine';
import { concatenate } from './concatenate/concatenate';
import { conv2d } from './conv2d/conv2d';
import { convTranspose2d } from './convTranspose2d/convTranspose2d';
import { groupNorm } from './groupNorm/groupNorm';
import { hybridError } from './hybridError/hybridError';
import { linear } from './linear/linear';
import { linears } from './linears/linears';
import type { Operations } from './operations';
import { squaredError } from './squaredError/squaredError';

/** Every operation by our own kernels, for the backends that register them (wasm, webgpu). */
export const fusedOperations: Operations = {
  name: 'fused',
  conv2d,
  convTranspose2d,
  linear,
  linears,
  groupNorm,
  attention,
  concatenate,
  squaredError,
  hybridError,
  combine,
  adamEma,
};
