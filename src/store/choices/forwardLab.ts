import * as v from 'valibot';
import { drawnPoints, drawnSchedule, parseDrawnSchedule } from '../../engine/diffusion/schedules/drawn';
import { schedules } from '../../engine/diffusion/schedules/schedules';
import type { ForwardLabState } from '../forwardLabSlice';
import { keyOf } from '../settingsSchema';
import { choiceGroup } from './choiceGroup';
import { between, seed, time } from './schemas';

const schedule = v.union([keyOf(schedules), v.literal('drawn')]);

export const forwardLabChoices = choiceGroup<Omit<ForwardLabState, 'playing'>>({
  view: 'forward',
  titles: {
    t: 'Steps of noise t',
    seed: 'Seed',
    first: 'First schedule',
    second: 'Second schedule',
    drawn: 'Drawn schedule',
  },
  schema: v.object({
    t: time,
    seed,
    first: schedule,
    second: schedule,
    drawn: v.pipe(
      v.array(between(0, 1)),
      v.length(drawnPoints),
      v.check((points) => parseDrawnSchedule(drawnSchedule(points)) !== null),
    ),
  }),
  base: {
    t: 200,
    seed: 1,
    first: 'linear',
    second: 'cosine',
    drawn: [0.875, 0.75, 0.625, 0.5, 0.375, 0.25, 0.125, 0.004],
  },
  read({ store }) {
    const { playing: _, ...values } = store.getState().forwardLab;
    return values;
  },
  put({ store }, values) {
    store.setState({ forwardLab: { ...store.getState().forwardLab, ...values, playing: false } });
  },
});
