import { settingGroup } from '../../settings/group';
import { seed, whole } from '../../settings/kinds';
import { clipX0, variance } from '../../settings/rows';
import type { BoundRequest } from './study';

export const boundGroup = settingGroup<BoundRequest>(
  { id: 'bound', view: 'bound' },
  {
    stretches: whole({
      label: 'Timesteps evaluated',
      default: 40,
      linkBase: 40,
      min: 1,
      max: 10_000,
      step: 10,
      clamped: true,
      limits: ({ nSteps }) => ({ max: nSteps - 1 }),
    }),
    pictures: whole({ label: 'Images', default: 64, linkBase: 64, min: 2, max: 256, step: 8 }),
    variance: variance({ default: 'beta', linkBase: 'beta' }),
    clipX0: clipX0({ default: true, linkBase: true }),
    seed: seed({ default: 1, linkBase: 1 }),
  },
);
