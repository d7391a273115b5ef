import * as v from 'valibot';
import { schedules } from '../../engine/diffusion/schedules/schedules';
import { MOST_POINTS } from '../../engine/points/pointData';
import type { PointTrainerSettings } from '../../engine/points/pointModel';
import { pointSets } from '../../engine/points/sets/pointSets';
import { decodePoints, encodePoints } from '../points/drawnPoints';
import type { PointsChoices, PointsState, SamplingChoices } from '../points/pointsState';
import { keyOf, whole } from '../settingsSchema';
import { choiceGroup } from './choiceGroup';
import { between, sampler, seed } from './schemas';

type Shown = Pick<PointsState, 'time' | 'direction' | 'duration' | 'shown' | 'quantity'>;
type Values = PointsChoices & PointTrainerSettings & SamplingChoices & Shown & Pick<PointsState, 'drawn'>;
type Stored = Omit<Values, 'drawn'> & { drawn: string };

export const pointsViewChoices = choiceGroup<Values, Stored>({
  view: 'points',
  titles: {
    set: 'Data',
    count: 'Points',
    noise: 'Data noise s',
    drawn: 'Drawn points',
    layers: 'Hidden layers',
    width: 'Hidden width',
    nSteps: 'Diffusion steps',
    schedule: 'Schedule',
    seed: 'Seed',
    batchSize: 'Batch',
    learningRate: 'Learning rate',
    emaDecay: 'EMA decay',
    sampler: 'Sampler',
    samplerSteps: 'Sampler steps',
    eta: 'Stochasticity η',
    time: 'Steps of noise t',
    direction: 'Points shown',
    duration: 'Speed',
    shown: 'Field',
    quantity: 'Arrows',
  },
  schema: v.object({
    set: v.union([keyOf(pointSets), v.literal('drawn')]),
    count: whole(2, MOST_POINTS),
    noise: between(0.001, 1),
    drawn: v.pipe(
      v.string(),
      v.check((text) => decodePoints(text) !== null),
    ),
    layers: whole(1, 6),
    width: whole(8, 256),
    nSteps: whole(10, 1000),
    schedule: keyOf(schedules),
    seed,
    batchSize: whole(1, 2048),
    learningRate: between(1e-9, 1),
    emaDecay: v.pipe(v.number(), v.minValue(0), v.ltValue(1)),
    sampler,
    samplerSteps: whole(1, 1000),
    eta: between(0, 1),
    time: between(0, 1000),
    direction: v.picklist(['forward', 'reverse']),
    duration: between(0.1, 60),
    shown: v.picklist(['learned', 'exact', 'difference']),
    quantity: v.picklist(['epsilon', 'score']),
  }),
  base: {
    ...{ set: 'moons', count: 256, noise: 0.08, drawn: '' },
    ...{ layers: 3, width: 96, nSteps: 200, schedule: 'cosine', seed: 1 },
    ...{ batchSize: 256, learningRate: 3e-3, emaDecay: 0.995 },
    ...{ sampler: 'ddim', samplerSteps: 50, eta: 0 },
    ...{ time: 60, direction: 'reverse', duration: 5, shown: 'learned', quantity: 'epsilon' },
  },
  read({ points }) {
    const { choices, trainer, sampling, drawn, time, direction, duration, shown, quantity } =
      points.getState();
    return { ...choices, ...trainer, ...sampling, drawn, time, direction, duration, shown, quantity };
  },
  put({ points }, values) {
    const { choices, trainer, sampling, put } = points.getState();
    const { drawn, time, direction, duration, shown, quantity } = { ...points.getState(), ...values };
    put({
      choices: filled(choices, values),
      trainer: filled(trainer, values),
      sampling: filled(sampling, values),
      ...{ drawn, time, direction, duration, shown, quantity },
    });
  },
  encode: ({ drawn, time, ...values }) => ({
    ...values,
    drawn: encodePoints(drawn),
    time: Math.round(time),
  }),
  decode: ({ drawn, ...values }) => ({ ...values, drawn: decodePoints(drawn) ?? new Float32Array() }),
});

/** With those of its fields that are given; the same object where none is another. */
function filled<Fields extends object>(fields: Fields, given: Partial<Fields>): Fields {
  const names = (Object.keys(fields) as (keyof Fields)[]).filter((name) => given[name] !== undefined);
  if (names.every((name) => given[name] === fields[name])) return fields;
  return { ...fields, ...Object.fromEntries(names.map((name) => [name, given[name]])) };
}
