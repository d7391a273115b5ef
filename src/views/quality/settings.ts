import type { SamplerId } from '../../engine/diffusion/samplers/samplers';
import { samplerOf } from '../../engine/diffusion/samplers/samplers';
import { settingGroup } from '../../settings/group';
import { seed, toggle, whole } from '../../settings/kinds';
import { evaluatedSamples, guidance, sampler } from '../../settings/rows';

export interface QualitySettings {
  count: number;
  sampler: SamplerId;
  steps: number;
  seed: number;
  /** w of a model with classes. */
  guidance: number;
  /** Evaluate repeatedly while the model trains, every so many steps. */
  whileTraining: boolean;
  every: number;
}

export const qualityGroup = settingGroup<QualitySettings>(
  { id: 'quality', view: 'quality' },
  {
    count: evaluatedSamples({ default: 64, linkBase: 64 }),
    sampler: sampler({
      default: 'ddim',
      linkBase: 'ddim',
      // All T steps are 10,000 at most; fewer where there are fewer.
      brings: (id) => {
        const { steps } = samplerOf(id).defaults;
        return { steps: steps === 'all' ? 10_000 : steps };
      },
    }),
    steps: whole({
      label: 'Steps',
      default: 25,
      linkBase: 25,
      min: 1,
      max: 10_000,
      step: 5,
      clamped: true,
      limits: ({ nSteps }) => ({ max: nSteps }),
    }),
    seed: seed({ default: 1, linkBase: 1 }),
    guidance: guidance({ default: 0, linkBase: 0 }),
    whileTraining: toggle({ label: 'Evaluate during training', default: false, linkBase: false }),
    every: whole({
      label: 'Steps between evaluations',
      default: 500,
      linkBase: 500,
      min: 1,
      max: 1e6,
      step: 100,
      shown: ({ whileTraining }: QualitySettings) => whileTraining,
    }),
  },
);
