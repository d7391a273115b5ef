import * as v from 'valibot';
import { type SamplerId, samplerOf } from '../../engine/diffusion/samplers/samplers';
import { type ScheduleId, schedules } from '../../engine/diffusion/schedules/schedules';
import { MOST_POINTS } from '../../engine/points/pointData';
import type { PointTrainerSettings } from '../../engine/points/pointModel';
import { type PointSetId, pointSets } from '../../engine/points/sets/pointSets';
import { usualPoints } from '../../engine/points/shippedPoints';
import { settingGroup } from '../../settings/group';
import { choice, custom, number, seed, whole } from '../../settings/kinds';
import { sampler } from '../../settings/rows';
import type { NumberSetting } from '../../settings/setting';
import { decodePoints, encodePoints } from './drawnPoints';

/** What a change of begins anew, with a new network. */
export interface PointsChoices {
  set: PointSetId | 'drawn';
  count: number;
  noise: number;
  layers: number;
  width: number;
  nSteps: number;
  schedule: ScheduleId;
  seed: number;
  /** What the user drew, [n, 2]. */
  drawn: Float32Array;
}

/** A change of these draws the samples anew. */
export interface PointsSampling {
  sampler: SamplerId;
  samplerSteps: number;
  eta: number;
}

/** What is shown. */
export interface PointsShown {
  /** Steps of noise, 0 … T, with fractions while it plays. */
  time: number;
  /** Noise is added with t rising, or taken away with t falling. */
  direction: 'forward' | 'reverse';
  /** Seconds that the whole process takes. */
  duration: number;
  shown: 'learned' | 'exact' | 'difference';
  quantity: 'epsilon' | 'score' | 'velocity';
}

export interface PointsSettings extends PointsChoices, PointTrainerSettings, PointsSampling, PointsShown {}

export const setChoices = { ...pointSets, drawn: { title: 'Draw your own' } };

const { count, noise, model, trainer } = usualPoints;
const loses = 'The network began anew';

/** With fractions while it plays; a link has whole steps. */
const time: NumberSetting = {
  ...number({ label: 'Steps of noise', symbol: 't', default: 60, linkBase: 60, min: 0, max: 1000 }),
  limits: ({ nSteps }) => ({ min: 0, max: nSteps }),
  toNumber: (value, { nSteps }) => Math.round(Math.min(value, nSteps)),
  format: (t, { nSteps }) => `${t} of ${nSteps}`,
  encode: Math.round,
};

export const pointsGroup = settingGroup<PointsSettings>(
  { id: 'points', view: 'points' },
  {
    set: choice<typeof setChoices, PointSetId | 'drawn'>({
      loses,
      label: 'Data',
      choices: setChoices,
      default: 'moons',
      linkBase: 'moons',
    }),
    count: whole({
      loses,
      label: 'Points',
      symbol: 'N',
      default: count,
      linkBase: 256,
      min: 2,
      max: MOST_POINTS,
      step: 16,
    }),
    noise: number({
      loses,
      label: 'Data noise',
      symbol: 's',
      default: noise,
      linkBase: 0.08,
      min: 0.001,
      max: 1,
      step: 0.02,
      limits: () => ({ min: 0.02, max: 0.4 }),
      clamped: true,
    }),
    drawn: custom<Float32Array, string>({
      loses,
      label: 'Drawn points',
      default: new Float32Array(),
      linkBase: new Float32Array(),
      schema: v.pipe(
        v.string(),
        v.check((text) => decodePoints(text) !== null),
      ),
      encode: encodePoints,
      decode: (text) => decodePoints(text) ?? new Float32Array(),
    }),
    layers: whole({ loses, label: 'Hidden layers', default: model.layers, linkBase: 3, min: 1, max: 6 }),
    width: whole({
      loses,
      label: 'Hidden width',
      default: model.width,
      linkBase: 96,
      min: 8,
      max: 256,
      step: 16,
    }),
    nSteps: whole({
      loses,
      label: 'Diffusion steps',
      symbol: 'T',
      default: model.nSteps,
      linkBase: 200,
      min: 10,
      max: 1000,
      step: 50,
    }),
    schedule: choice<typeof schedules, ScheduleId>({
      loses,
      label: 'Schedule',
      symbol: 'β_t',
      choices: schedules,
      default: model.schedule,
      linkBase: 'cosine',
    }),
    seed: seed({ loses, default: 1, linkBase: 1 }),
    batchSize: whole({
      label: 'Batch size',
      symbol: 'B',
      default: trainer.batchSize,
      linkBase: 256,
      min: 1,
      max: 2048,
      step: 32,
    }),
    learningRate: number({
      label: 'Learning rate',
      default: trainer.learningRate,
      linkBase: 3e-3,
      min: 1e-9,
      max: 1,
      step: 5e-4,
    }),
    emaDecay: number({
      label: 'EMA decay',
      symbol: 'd',
      default: trainer.emaDecay,
      linkBase: 0.995,
      min: 0,
      max: 1,
      below: true,
      step: 0.001,
    }),
    sampler: sampler({
      default: 'ddim',
      linkBase: 'ddim',
      brings: (id, { nSteps }: PointsSettings) => {
        const { steps } = samplerOf(id).defaults;
        return { samplerSteps: steps === 'all' ? nSteps : steps };
      },
    }),
    samplerSteps: whole({
      label: 'Sampler steps',
      symbol: 'S',
      default: 50,
      linkBase: 50,
      min: 1,
      max: 1000,
      step: 10,
    }),
    eta: number({
      label: 'Stochasticity',
      symbol: 'η',
      default: 0,
      linkBase: 0,
      min: 0,
      max: 1,
      step: 0.1,
      shown: (values: PointsSettings) => samplerOf(values.sampler).options.includes('eta'),
    }),
    time,
    direction: choice({
      label: 'Points shown',
      choices: { reverse: { title: 'Samples' }, forward: { title: 'Noised data' } },
      default: 'reverse',
      linkBase: 'reverse',
    }),
    duration: number({ label: 'Speed', default: 5, linkBase: 5, min: 0.1, max: 60 }),
    shown: choice({
      label: 'Field',
      choices: {
        learned: { title: 'Learned' },
        exact: { title: 'Exact' },
        difference: { title: 'Difference' },
      },
      default: 'learned',
      linkBase: 'learned',
    }),
    quantity: choice({
      label: 'Arrows',
      choices: {
        epsilon: { title: 'Noise ε' },
        score: { title: 'Score' },
        velocity: { title: 'Velocity u' },
      },
      default: 'epsilon',
      linkBase: 'epsilon',
    }),
  },
);

/** Whether a change of a setting begins anew, with a new network. */
export function isOfNetwork(path: string): boolean {
  return pointsGroup.rows[path as keyof typeof pointsGroup.rows]?.loses !== undefined;
}
