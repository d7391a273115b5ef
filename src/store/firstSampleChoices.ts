import type { ModelConfig } from '../engine/unet/config';
import { largestCount, type SamplingChoices } from './samplingSettings';

const PICTURES = 16;
const PICTURES_OF_CLASSES = 40;

/** Few steps of a good solver, so that the pictures are there soon; of every class as many, so that a column has one. */
export function firstSampleChoices({ nClasses }: Pick<ModelConfig, 'nClasses'>): Partial<SamplingChoices> {
  const few = { sampler: 'dpmSolver', steps: 15, spacing: 'logSnr' } as const;
  if (nClasses === 0) return { ...few, count: PICTURES };
  const rows = Math.max(1, Math.min(4, Math.floor(PICTURES_OF_CLASSES / nClasses)));
  return { ...few, count: Math.min(largestCount, rows * nClasses), classes: 'each', guidance: 1 };
}
