import { cosineBetas } from './cosine';
import { linearBetas } from './linear';
import { sigmoidBetas } from './sigmoid';

export interface ScheduleDefinition {
  title: string;
  /** One line for the control. */
  description: string;
  /** β_t for t = 0 … T−1, each in (0, 1). */
  betas(nSteps: number): Float64Array;
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
    description: 'ᾱ falls as a squared cosine, so that small pictures stay readable for longer.',
    betas: cosineBetas,
  },
  sigmoid: {
    title: 'Sigmoid',
    description: 'ᾱ falls as a sigmoid: slow at both ends, fast in the middle.',
    betas: sigmoidBetas,
  },
} satisfies Record<string, ScheduleDefinition>;

export type ScheduleId = keyof typeof schedules;

/** Whether an id names a schedule. */
export function isScheduleId(id: string): id is ScheduleId {
  return Object.hasOwn(schedules, id);
}
