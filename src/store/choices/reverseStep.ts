import * as v from 'valibot';
import type { ReverseStepSettings } from '../reverseStepSlice';
import { choiceGroup } from './choiceGroup';
import { index, seed, time, variance } from './schemas';

export const reverseStepChoices = choiceGroup<ReverseStepSettings>({
  view: 'reverse',
  titles: {
    index: 'Picture x₀',
    t: 'Steps of noise t',
    seed: 'Seed',
    variance: 'Variance',
    clipX0: 'Clip x̂₀',
  },
  schema: v.object({ index, t: time, seed, variance, clipX0: v.boolean() }),
  base: { index: 0, t: 300, seed: 1, variance: 'beta', clipX0: false },
  read: ({ store }) => store.getState().reverseStep.settings,
  put: ({ store }, values) => store.getState().setReverseStep(values),
});
