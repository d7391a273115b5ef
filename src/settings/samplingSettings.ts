import type { ClassChoice } from '../engine/diffusion/guidance';
import type { SamplerOptions } from '../engine/diffusion/samplers/sampler';
import type { ShippedModelId } from '../engine/models/shippedModels';
import type { ModelConfig } from '../engine/unet/config';
import { problemAnywhere } from './group';
import { type SamplingChoices, samplingGroup } from './groups/sampling';

/** How a run of the reverse process goes; options of the sampler that are left out are the default ones. */
export interface SamplingSettings
  extends Omit<SamplingChoices, 'steps' | 'classes' | 'guidance' | keyof SamplerOptions>,
    Partial<SamplerOptions> {
  /** How many of the T steps to take. */
  steps: number;
  /** Classes of the images, of a model with classes; none where they are left out. */
  classes?: ClassChoice;
  /** w of classifier-free guidance, 0 … 8; 0 where it is left out. */
  guidance?: number;
  /** Draws from a model that ships with the page, which has only EMA weights; without it from the user's own. */
  shipped?: ShippedModelId;
  /** Hold before the first step. */
  paused?: boolean;
}

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

/** What keeps choices from working, with the limit they pass; null where all is well. */
export function samplingProblem(choices: SamplingChoices): string | null {
  return problemAnywhere(samplingGroup, choices);
}
