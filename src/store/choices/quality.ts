import * as v from 'valibot';
import type { QualitySettings } from '../qualitySlice';
import { whole } from '../settingsSchema';
import { choiceGroup } from './choiceGroup';
import { guidance, sampler, seed } from './schemas';

export const qualityChoices = choiceGroup<QualitySettings>({
  view: 'quality',
  titles: {
    count: 'Samples',
    sampler: 'Sampler',
    steps: 'Steps',
    seed: 'Seed',
    guidance: 'Guidance w',
    whileTraining: 'Judge while it trains',
    every: 'Every so many steps',
  },
  schema: v.object({
    count: whole(1, 10_000),
    sampler,
    steps: whole(1, 10_000),
    seed,
    guidance,
    whileTraining: v.boolean(),
    every: whole(1, 1e6),
  }),
  base: { count: 64, sampler: 'ddim', steps: 25, seed: 1, guidance: 0, whileTraining: false, every: 500 },
  read: ({ store }) => store.getState().quality.settings,
  put: ({ store }, values) => store.getState().setQuality(values),
});
