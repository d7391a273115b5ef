import * as v from 'valibot';
import type { ClassGridSettings } from '../classGridSlice';
import type { ClassGuessSettings } from '../classGuessSlice';
import { whole } from '../settingsSchema';
import { choiceGroup } from './choiceGroup';
import { guidance, index, seed, time } from './schemas';

const view = 'classes';

export const classGridChoices = choiceGroup<ClassGridSettings>({
  view,
  titles: { steps: 'Steps', seed: 'Seed' },
  schema: v.object({ steps: whole(1, 10_000), seed }),
  base: { steps: 40, seed: 2 },
  read: ({ store }) => store.getState().classGrid.settings,
  put: ({ store }, values) => store.getState().setClassGrid(values),
});

export const classGuessChoices = choiceGroup<ClassGuessSettings>({
  view,
  titles: {
    example: 'Picture x₀',
    t: 'Steps of noise t',
    label: 'Class',
    guidance: 'Guidance w',
    seed: 'Seed',
  },
  schema: v.object({ example: index, t: time, label: whole(0, 999), guidance, seed }),
  base: { example: 3, t: 450, label: 8, guidance: 2, seed: 1 },
  read: ({ store }) => store.getState().classGuess.settings,
  put: ({ store }, values) => store.getState().setClassGuess(values),
});
