import type { StateCreator } from 'zustand';
import { drawnPoints, drawnSchedule, leastFall } from '../engine/diffusion/schedules/drawn';
import { type ScheduleId, schedules } from '../engine/diffusion/schedules/schedules';

/** A schedule of the table, or the one that is drawn here. */
export type ScheduleChoice = ScheduleId | 'drawn';

export interface ForwardLabState {
  /** Steps taken, 0 … T; T is the settings', so read it through a clamp. */
  t: number;
  playing: boolean;
  seed: number;
  first: ScheduleChoice;
  second: ScheduleChoice;
  /** ᾱ at 1/8, 2/8 … 1 of the way. */
  drawn: readonly number[];
}

export interface ForwardLabSlice {
  forwardLab: ForwardLabState;
  setForwardLab(state: Partial<Omit<ForwardLabState, 'drawn'>>): void;
  /** Moves a point of the drawn schedule; its neighbours keep it between them. */
  drawPoint(index: number, alphaBar: number): void;
  /** Begins the drawing anew with the shape of ᾱ(u), u from 0 to 1. */
  copyToDrawing(alphaBarAt: (u: number) => number): void;
}

/** Falls evenly. */
const evenFall = Array.from({ length: drawnPoints }, (_, i) => Math.max(0.004, 1 - (i + 1) / drawnPoints));

export const createForwardLabSlice: StateCreator<ForwardLabSlice, [], [], ForwardLabSlice> = (set, get) => {
  const change = (forwardLab: Partial<ForwardLabState>) =>
    set({ forwardLab: { ...get().forwardLab, ...forwardLab } });
  return {
    forwardLab: { t: 200, playing: false, seed: 1, first: 'linear', second: 'cosine', drawn: evenFall },
    setForwardLab: change,
    drawPoint(index, alphaBar) {
      const { drawn } = get().forwardLab;
      const highest = (drawn[index - 1] ?? 1) - leastFall;
      const lowest = (drawn[index + 1] ?? 0) + leastFall;
      const rounded = Math.round(alphaBar * 1000) / 1000;
      change({ drawn: drawn.with(index, Math.min(highest, Math.max(lowest, rounded))) });
    },
    copyToDrawing(alphaBarAt) {
      const points: number[] = [];
      for (let i = 0; i < drawnPoints; i++) {
        // Where it falls too little to be drawn: as little as can be, with room for the points to come.
        const least = (drawnPoints - i) * leastFall;
        const wanted = Math.round(alphaBarAt((i + 1) / drawnPoints) * 1000) / 1000;
        points.push(Math.max(least, Math.min((points[i - 1] ?? 1) - leastFall, wanted)));
      }
      change({ drawn: points });
    },
  };
};

/** The schedule id that a choice stands for. */
export function scheduleIdOf(choice: ScheduleChoice, { drawn }: Pick<ForwardLabState, 'drawn'>): string {
  return choice === 'drawn' ? drawnSchedule(drawn) : choice;
}

/** Every choice, the drawn one last. */
export const scheduleChoices = [...(Object.keys(schedules) as ScheduleId[]), 'drawn'] as const;
