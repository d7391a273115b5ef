import type { ModelConfig } from '../engine/unet/config';
import { largestCount, type SamplingChoices } from './samplingSettings';

const PICTURES = 16;
const PICTURES_OF_CLASSES = 40;

/**
 * How a model draws on opening: in few steps, so that the pictures are there soon. Of every class as many, so that a column
 * has one; there a little fresh noise at each step corrects what a small model of larger pictures gets wrong.
 */
export function firstSampleChoices({ nClasses }: Pick<ModelConfig, 'nClasses'>): Partial<SamplingChoices> {
  if (nClasses === 0) return { sampler: 'dpmSolver', steps: 15, spacing: 'logSnr', count: PICTURES };
  const rows = Math.max(1, Math.min(3, Math.floor(PICTURES_OF_CLASSES / nClasses)));
  const count = Math.min(largestCount, rows * nClasses);
  return { sampler: 'ddim', steps: 30, spacing: 'even', eta: 0.5, count, classes: 'each', guidance: 1 };
}
