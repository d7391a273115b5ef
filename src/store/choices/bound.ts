import * as v from 'valibot';
import type { BoundRequest } from '../../worker/studies/bound';
import { whole } from '../settingsSchema';
import { choiceGroup } from './choiceGroup';
import { seed, variance } from './schemas';

export const boundChoices = choiceGroup<BoundRequest>({
  view: 'bound',
  titles: {
    stretches: 'Steps asked',
    pictures: 'Pictures',
    variance: 'Variance',
    clipX0: 'Clip x̂₀',
    seed: 'Seed',
  },
  schema: v.object({
    stretches: whole(1, 10_000),
    pictures: whole(2, 256),
    variance,
    clipX0: v.boolean(),
    seed,
  }),
  base: { stretches: 40, pictures: 64, variance: 'beta', clipX0: true, seed: 1 },
  read: ({ store }) => store.getState().bound.settings,
  put: ({ store }, values) => store.getState().setBound(values),
});
