import type { Paths } from '../../engine/points/paths';
import { type ShippedPointsId, shippedPointsFor } from '../../engine/points/shippedPoints';
import { LossHistory } from '../../store/lossHistory';
import type { OpenedPoints, PointsField, PointsQuality } from './engine/protocol';
import type { PointsChoices, PointsSettings } from './settings';

export type PointsStatus = 'opening' | 'idle' | 'training' | 'paused' | 'diverged' | 'failed';

export interface PointsState {
  /** Whether to begin with the weights that ship for the choices, where there are any, or with random ones. */
  weights: 'shipped' | 'new';
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
  playing: boolean;
}

export const initialPointsState: PointsState = {
  weights: 'shipped',
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
  playing: false,
};

/** The paths of the points that are shown; null before there are any. */
export function shownPaths(
  { opened, paths }: Pick<PointsState, 'opened' | 'paths'>,
  { direction, shown }: Pick<PointsSettings, 'direction' | 'shown'>,
): Paths | null {
  if (direction === 'forward') return opened?.forward ?? null;
  return shown === 'exact' ? paths.exact : paths.learned;
}

/** The trained model that ships for the choices; null where there is none. */
export function shippedFor(choices: PointsChoices): ShippedPointsId | null {
  const { set, count, noise, layers, width, nSteps, schedule } = choices;
  return set === 'drawn'
    ? null
    : shippedPointsFor({ set, count }, noise, { layers, width, nSteps, schedule });
}

/** Whether the network is one that ships with the page, as it came. */
export function isPretrained({
  opened,
  step,
  status,
}: Pick<PointsState, 'opened' | 'step' | 'status'>): boolean {
  return Boolean(opened?.trained) && step === 0 && status !== 'training';
}
