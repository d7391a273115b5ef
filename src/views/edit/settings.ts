import type { Blend, PairNoise } from '../../engine/diffusion/interpolation';
import type { Resampling } from '../../engine/diffusion/resampling';
import { type SamplerId, samplerOf } from '../../engine/diffusion/samplers/samplers';
import { settingGroup } from '../../settings/group';
import { choice, seed, whole } from '../../settings/kinds';
import { exampleIndex, imageCount, noiseSteps, sampler, samplerSteps } from '../../settings/rows';

const view = 'edit';

/** How the reverse process from t runs: at most `steps` of the t steps, or all of them. */
export interface ReverseChoices {
  sampler: SamplerId;
  steps: number | 'all';
}

/** Quick enough to follow a slider. */
const reverseRows = {
  sampler: sampler({
    default: 'ddim',
    linkBase: 'ddim',
    brings: (id) => {
      const { steps } = samplerOf(id).defaults;
      return { steps: steps === 'all' ? steps : Math.ceil(steps / 2) };
    },
  }),
  steps: samplerSteps({ label: 'Reverse steps', default: 25, linkBase: 25 }),
};

/** Places of λ: 0 … 1 in fortieths. */
export const places = 41;

export interface InterpolationSettings extends ReverseChoices {
  /** Indices in the data set of x₀ and x′₀. */
  from: number;
  to: number;
  /** Steps of noise, 0 … T. */
  t: number;
  blend: Blend;
  noise: PairNoise;
  seed: number;
  /** Of the λ that is shown. */
  place: number;
}

export const interpolationGroup = settingGroup<InterpolationSettings>(
  { id: 'interpolation', view },
  {
    from: exampleIndex({ label: 'Image x₀', default: 0, linkBase: 0 }),
    to: exampleIndex({ label: 'Image x′₀', default: 1, linkBase: 1 }),
    t: noiseSteps({ default: 400, linkBase: 400, stops: 100 }),
    blend: choice({
      label: 'Mixed along',
      choices: { linear: { title: 'Line' }, spherical: { title: 'Arc' } },
      default: 'linear',
      linkBase: 'linear',
    }),
    noise: choice({
      label: 'Noise',
      choices: { same: { title: 'Shared' }, own: { title: 'Own' } },
      default: 'same',
      linkBase: 'same',
    }),
    seed: seed({ default: 1, linkBase: 1 }),
    ...reverseRows,
    place: whole({ label: 'Mixture λ', default: 20, linkBase: 20, min: 0, max: places - 1 }),
  },
);

export interface ImageToImageSettings extends ReverseChoices {
  /** Steps of noise put on the drawing, 0 … T. */
  t: number;
  count: number;
  seed: number;
}

export const imageToImageGroup = settingGroup<ImageToImageSettings>(
  { id: 'pictureToPicture', view },
  {
    t: noiseSteps({ label: 'Strength', default: 450, linkBase: 450, stops: 100 }),
    count: imageCount({ label: 'Variants', default: 8, linkBase: 8 }),
    seed: seed({ label: 'Seed of the variants', default: 1, linkBase: 1 }),
    ...reverseRows,
  },
);

export interface InpaintingSettings extends Resampling {
  count: number;
  seed: number;
}

export const inpaintingGroup = settingGroup<InpaintingSettings>(
  { id: 'inpainting', view },
  {
    steps: whole({
      label: 'Steps',
      default: 100,
      linkBase: 100,
      min: 2,
      max: 10_000,
      step: 10,
      clamped: true,
      limits: ({ nSteps }) => ({ max: nSteps }),
    }),
    resamplings: whole({ label: 'Passes', symbol: 'U', default: 5, linkBase: 5, min: 1, max: 50 }),
    jumpLength: whole({ label: 'Jump length', symbol: 'j', default: 10, linkBase: 10, min: 1, max: 1000 }),
    count: imageCount({ label: 'Variants', default: 8, linkBase: 8 }),
    seed: seed({ default: 1, linkBase: 1 }),
  },
);
