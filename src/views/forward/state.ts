import { create } from 'zustand';
import { drawnPoints, drawnSchedule, leastFall } from '../../engine/diffusion/schedules/drawn';
import type { ForwardLabSettings, ScheduleChoice } from './settings';

/** Whether t plays. */
export const useForwardLab = create<{ playing: boolean }>(() => ({ playing: false }));

/** The drawing with a point moved; its neighbours keep it between them. */
export function withPoint(drawn: readonly number[], index: number, alphaBar: number): readonly number[] {
  const highest = (drawn[index - 1] ?? 1) - leastFall;
  const lowest = (drawn[index + 1] ?? 0) + leastFall;
  const rounded = Math.round(alphaBar * 1000) / 1000;
  return drawn.with(index, Math.min(highest, Math.max(lowest, rounded)));
}

/** A drawing with the shape of ᾱ(u), u from 0 to 1. */
export function drawingOf(alphaBarAt: (u: number) => number): readonly number[] {
  const points: number[] = [];
  for (let i = 0; i < drawnPoints; i++) {
    // Where it falls too little to be drawn: as little as can be, with room for the points to come.
    const least = (drawnPoints - i) * leastFall;
    const wanted = Math.round(alphaBarAt((i + 1) / drawnPoints) * 1000) / 1000;
    points.push(Math.max(least, Math.min((points[i - 1] ?? 1) - leastFall, wanted)));
  }
  return points;
}

/** The schedule id that a choice stands for. */
export function scheduleIdOf(choice: ScheduleChoice, { drawn }: Pick<ForwardLabSettings, 'drawn'>): string {
  return choice === 'drawn' ? drawnSchedule(drawn) : choice;
}
