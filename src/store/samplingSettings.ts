import { type ClassChoice, largestGuidance } from '../engine/diffusion/guidance';
import { samplers } from '../engine/diffusion/samplers/samplers';
import type { ModelConfig } from '../engine/unet/config';
import type { SamplingSettings } from '../worker/protocol';

/** What the page lets choose: 'all' steps stays all when T changes. */
export interface SamplingChoices
  extends Omit<SamplingSettings, 'steps' | 'paused' | 'shipped' | 'classes' | 'guidance'> {
  steps: number | 'all';
  /** Heeded by a model with classes alone, as is w. */
  classes: ClassChoice;
  guidance: number;
}

/** A sampler with all that it heeds. */
export type SamplerChoices = Pick<
  SamplingChoices,
  'sampler' | 'steps' | 'spacing' | 'variance' | 'eta' | 'noiseAtEnd'
>;

export const largestCount = 64;
export const largestSeed = 2 ** 32 - 1;

export const defaultSamplingChoices: SamplingChoices = {
  count: 16,
  seed: 1,
  sampler: 'ancestral',
  steps: 'all',
  spacing: 'even',
  variance: 'beta',
  eta: 0,
  clipX0: true,
  noiseAtEnd: false,
  weights: 'ema',
  classes: 'each',
  guidance: 2,
};

/** How many steps a run with this model takes. */
export function stepsOf(
  { steps }: Pick<SamplingChoices, 'steps'>,
  { nSteps }: Pick<ModelConfig, 'nSteps'>,
): number {
  return steps === 'all' ? nSteps : Math.min(steps, nSteps);
}

/** Classes and w for this model, a class it does not have being all in turn; none where it has learned none. */
export function classesFor(
  { classes, guidance }: Pick<SamplingChoices, 'classes' | 'guidance'>,
  { nClasses }: Pick<ModelConfig, 'nClasses'>,
): { classes: ClassChoice; guidance: number } {
  if (nClasses === 0) return { classes: 'none', guidance: 0 };
  return { classes: typeof classes === 'number' && classes >= nClasses ? 'each' : classes, guidance };
}

/** What keeps a choice from working, with the limit it passes; null where all is well. */
export function samplingProblem(choices: SamplingChoices): string | null {
  const { count, seed, steps, eta, sampler, guidance } = choices;
  if (!whole(count, 1, largestCount))
    return `Pictures must be a whole number from 1 to ${largestCount}, not ${count}.`;
  if (!whole(seed, 0, largestSeed))
    return `The seed must be a whole number from 0 to ${largestSeed}, not ${seed}.`;
  if (steps !== 'all' && !whole(steps, 1, 10_000))
    return `Steps must be a whole number of at least 1, not ${steps}.`;
  if (!(eta >= 0 && eta <= 1)) return `η must be from 0 to 1, not ${eta}.`;
  if (!(guidance >= 0 && guidance <= largestGuidance))
    return `The guidance w must be from 0 to ${largestGuidance}, not ${guidance}.`;
  if (!Object.hasOwn(samplers, sampler)) return `There is no sampler '${sampler}'.`;
  return null;
}

function whole(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
