import { adamEmaReference } from './adamEma/reference';
import { attentionReference } from './attention/reference';
import { combineReference } from './combine/reference';
import { concatenateReference } from './concatenate/reference';
import { conv2dReference } from './conv2d/reference';
import { convTranspose2dReference } from './convTranspose2d/reference';
import { groupNormReference } from './groupNorm/reference';
import { hybridErrorReference } from './hybridError/reference';
import { linearReference } from './linear/reference';
import { linearsReference } from './linears/reference';
import type { Operations } from './operations';
import { squaredErrorReference } from './squaredError/reference';

/** Every operation spelled out in stock tfjs ops: right on all backends, fast on none; the fused kernels' reference. */
export const referenceOperations: Operations = {
  name: 'reference',
  conv2d: conv2dReference,
  convTranspose2d: convTranspose2dReference,
  linear: linearReference,
  linears: linearsReference,
  groupNorm: groupNormReference,
  attention: attentionReference,
  concatenate: concatenateReference,
  squaredError: squaredErrorReference,
  hybridError: hybridErrorReference,
  combine: combineReference,
  adamEma: adamEmaReference,
};
