import { cosineBetas } from './cosine';
import { drawnBetas, parseDrawnSchedule } from './drawn';
import { linearBetas } from './linear';
import { sigmoidBetas } from './sigmoid';
import { straightBetas } from './straight';
import { zeroTerminalBetas } from './zeroTerminal';

export interface ScheduleDefinition {
  title: string;
  /** One line for the control. */
  description: string;
  /** β_t for t = 0 … T−1, each in (0, 1). */
  betas(nSteps: number): Float64Array;
  /** Whether it ends in pure noise, of which ε tells nothing about the image: x₀ or v must be predicted. */
  needsImage?: boolean;
}

/** All schedules by id. To add one: a file with its betas, and a line here. */
export const schedules = {
  linear: {
    title: 'Linear',
    description: 'β rises evenly from 0.0001 to 0.02: the DDPM paper.',
    betas: linearBetas,
  },
  cosine: {
    title: 'Cosine',
    description: 'ᾱ falls as a squared cosine, so that small images stay readable for longer.',
    betas: cosineBetas,
  },
  sigmoid: {
    title: 'Sigmoid',
    description: 'ᾱ falls as a sigmoid: slow at both ends, fast in the middle.',
    betas: sigmoidBetas,
  },
  zeroTerminal: {
    title: 'Zero terminal SNR',
    description: 'The linear one rescaled to end in pure noise; for v or x₀ prediction.',
    betas: zeroTerminalBetas,
    needsImage: true,
  },
  straight: {
    title: 'Straight',
    description: 'The noise of flow matching: its share s rises evenly from 0 to 1.',
    betas: straightBetas,
    needsImage: true,
  },
} satisfies Record<string, ScheduleDefinition>;

export type ScheduleId = keyof typeof schedules;

/** Whether an id names a schedule of the table, or is one that was drawn. */
export function isSchedule(id: string): boolean {
  return Object.hasOwn(schedules, id) || parseDrawnSchedule(id) !== null;
}

/** The schedule of an id. Throws for an unknown one. */
export function scheduleOf(id: string): ScheduleDefinition {
  if (Object.hasOwn(schedules, id)) return schedules[id as ScheduleId];
  const points = parseDrawnSchedule(id);
  if (points) return { ...drawnTexts, betas: (nSteps) => drawnBetas(points, nSteps) };
  throw new Error(
    `There is no schedule '${id.slice(0, 80)}'; there are: ${Object.keys(schedules).join(', ')}, and drawn ones.`,
  );
}

/** What is said of every schedule that was drawn. */
export const drawnTexts = { title: 'Drawn', description: 'ᾱ falls through the points that you set.' };
