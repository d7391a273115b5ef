import type { SamplerId } from '../../engine/diffusion/samplers/samplers';
import type { ScheduleId } from '../../engine/diffusion/schedules/schedules';
import type { Paths } from '../../engine/points/paths';
import type { PointTrainerSettings } from '../../engine/points/pointModel';
import type { PointSetId } from '../../engine/points/sets/pointSets';
import { type ShippedPointsId, shippedPointsFor, usualPoints } from '../../engine/points/shippedPoints';
import type { OpenedPoints, PointsField, PointsQuality } from '../../worker/points/protocol';
import { LossHistory } from '../lossHistory';

/** A change of these begins anew, with a new network. */
export interface PointsChoices {
  set: PointSetId | 'drawn';
  count: number;
  noise: number;
  layers: number;
  width: number;
  nSteps: number;
  schedule: ScheduleId;
  seed: number;
}

/** A change of these draws the samples anew. */
export interface SamplingChoices {
  sampler: SamplerId;
  samplerSteps: number;
  eta: number;
}

export type PointsStatus = 'opening' | 'idle' | 'training' | 'paused' | 'diverged' | 'failed';
/** Noise is added with t rising, or taken away with t falling. */
export type Direction = 'forward' | 'reverse';
export type ShownField = 'learned' | 'exact' | 'difference';

export interface PointsState {
  choices: PointsChoices;
  /** Whether to begin with the weights that ship for the choices, where there are any, or with random ones. */
  weights: 'shipped' | 'new';
  trainer: PointTrainerSettings;
  sampling: SamplingChoices;
  /** What the user drew, [n, 2]. */
  drawn: Float32Array;
  status: PointsStatus;
  /** For the user. */
  problem: string | null;
  opened: OpenedPoints | null;
  step: number;
  losses: LossHistory;
  stepsPerSecond: number;
  /** Spent training the network, over all its runs. */
  seconds: number;
  field: PointsField | null;
  quality: PointsQuality | null;
  paths: { learned: Paths | null; exact: Paths | null };
  /** Steps of noise, 0 … T, with fractions while it plays. */
  time: number;
  direction: Direction;
  playing: boolean;
  /** Seconds that the whole way takes. */
  duration: number;
  shown: ShownField;
  quantity: 'epsilon' | 'score';
}

/** All that can be chosen in the view. */
export type ChosenPoints = Pick<
  PointsState,
  'choices' | 'trainer' | 'sampling' | 'drawn' | 'time' | 'direction' | 'duration' | 'shown' | 'quantity'
>;
const { count, noise, model, trainer } = usualPoints;

export const initialPointsState: PointsState = {
  choices: { set: 'moons', count, noise, ...model, seed: 1 },
  weights: 'shipped',
  trainer,
  sampling: { sampler: 'ddim', samplerSteps: 50, eta: 0 },
  drawn: new Float32Array(),
  status: 'opening',
  problem: null,
  opened: null,
  step: 0,
  losses: new LossHistory(),
  stepsPerSecond: 0,
  seconds: 0,
  field: null,
  quality: null,
  paths: { learned: null, exact: null },
  time: 60,
  direction: 'reverse',
  playing: false,
  duration: 5,
  shown: 'learned',
  quantity: 'epsilon',
};

/** The paths of the points that are shown; null before there are any. */
export function shownPaths({ direction, opened, paths, shown }: PointsState): Paths | null {
  if (direction === 'forward') return opened?.forward ?? null;
  return shown === 'exact' ? paths.exact : paths.learned;
}

/** The trained model that ships for the choices; null where there is none. */
export function shippedFor({ choices }: Pick<PointsState, 'choices'>): ShippedPointsId | null {
  const { set, count, noise, layers, width, nSteps, schedule } = choices;
  return set === 'drawn'
    ? null
    : shippedPointsFor({ set, count }, noise, { layers, width, nSteps, schedule });
}

/** Whether the network is one that ships with the page, as it came. */
export function isReadyMade({ opened, step, status }: PointsState): boolean {
  return Boolean(opened?.trained) && step === 0 && status !== 'training';
}
