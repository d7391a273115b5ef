import { type ShippedModel, shippedModels } from '../engine/models/shippedModels';
import type { ModelConfig } from '../engine/unet/config';
import { type SamplingChoices, samplingGroup } from '../settings/groups/sampling';

type Kind = Pick<ModelConfig, 'nClasses'>;

const IMAGES = 16;
const IMAGES_OF_CLASSES = 40;

/**
 * How a model draws on opening: in few steps, so that the images are there soon, or as `draws` says. Of every class as many,
 * so that a column has one; there a little fresh noise at each step corrects what a small model of larger images gets wrong.
 */
export function firstSampleChoices({ nClasses }: Kind, draws?: ShippedModel['draws']): SamplingChoices {
  const { defaults } = samplingGroup;
  if (draws) return { ...defaults, ...draws, count: IMAGES };
  if (nClasses === 0)
    return { ...defaults, sampler: 'dpmSolver', steps: 15, spacing: 'logSnr', count: IMAGES };
  const rows = Math.max(1, Math.min(3, Math.floor(IMAGES_OF_CLASSES / nClasses)));
  const count = Math.min(64, rows * nClasses);
  return { ...defaults, sampler: 'ddim', steps: 30, eta: 0.5, count, classes: 'each', guidance: 1 };
}

/** Whether settings are as the page has put them: those are no choice, and follow the model that is drawn from. */
export function isUnchosen(sampling: SamplingChoices): boolean {
  const same = (other: SamplingChoices) =>
    (Object.keys(other) as (keyof SamplingChoices)[]).every((field) => other[field] === sampling[field]);
  const models: ShippedModel[] = Object.values(shippedModels);
  return (
    same(samplingGroup.defaults) ||
    models.some(({ config, draws }) => same(firstSampleChoices({ nClasses: 0, ...config }, draws)))
  );
}
