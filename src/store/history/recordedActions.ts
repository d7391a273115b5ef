import type { PointsStore } from '../points/pointsStore';
import type { Store } from '../store';

type ActionsOf<State> = {
  [Name in keyof State]: State[Name] extends (...parameters: never[]) => unknown ? Name : never;
}[keyof State];

/** What the history calls an action; true where the settings that it changes say enough. */
type Title = string | true;

/** Actions by which the user changes settings: each call is an entry of the history. To record another, a line here. */
export const recordedActions: Partial<Record<ActionsOf<Store>, Title>> = {
  chooseDataset: 'Data set',
  toggleClass: true,
  clearClassFilter: true,
  pickExample: true,
  setTime: true,
  setNoiseSeed: true,
  changeModel: true,
  changeTraining: true,
  changePreview: true,
  changeSeed: true,
  restoreDefaults: 'All settings at their defaults',
  setSamplingShare: true,
  setSampling: true,
  chooseModelOrigin: true,
  setForwardLab: true,
  drawPoint: true,
  copyToDrawing: true,
  setReverseStep: true,
  setBound: true,
  setComparison: true,
  setSide: true,
  swapSides: 'Samplers swapped',
  setConvergence: true,
  setQuality: true,
  setClassGrid: true,
  setClassGuess: true,
  setInterpolation: true,
  setPictureToPicture: true,
  setInpainting: true,
};

export const recordedPointsActions: Partial<Record<ActionsOf<PointsStore>, Title>> = {
  choose: true,
  draw: 'Drawn points',
  changeTrainer: true,
  changeSampling: true,
  setTime: true,
  show: true,
};

/** Actions that bring settings of someone else's, or take them away: nothing before can be taken back. */
export const foreignActions = ['openLink', 'leaveLink'] as const satisfies ActionsOf<Store>[];
