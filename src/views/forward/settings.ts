import * as v from 'valibot';
import { drawnPoints, drawnSchedule, parseDrawnSchedule } from '../../engine/diffusion/schedules/drawn';
import { drawnTexts, type ScheduleId, schedules } from '../../engine/diffusion/schedules/schedules';
import { settingGroup } from '../../settings/group';
import { choice, custom, seed } from '../../settings/kinds';
import { noiseSteps } from '../../settings/rows';

/** A schedule of the table, or the one that is drawn here. */
export type ScheduleChoice = ScheduleId | 'drawn';

export interface ForwardLabSettings {
  /** Steps taken, 0 … T; may be above the T of now. */
  t: number;
  seed: number;
  first: ScheduleChoice;
  second: ScheduleChoice;
  /** ᾱ at 1/8, 2/8 … 1 of the way. */
  drawn: readonly number[];
}

/** Falls evenly. */
const evenFall = Array.from({ length: drawnPoints }, (_, i) => Math.max(0.004, 1 - (i + 1) / drawnPoints));

/** Every choice, the drawn one last. */
export const scheduleChoices = { ...schedules, drawn: drawnTexts };

const schedule = (label: string, id: ScheduleChoice) =>
  choice<typeof scheduleChoices, ScheduleChoice>({
    label,
    symbol: 'β_t',
    choices: scheduleChoices,
    default: id,
    linkBase: id,
  });

export const forwardLabGroup = settingGroup<ForwardLabSettings>(
  { id: 'forwardLab', view: 'forward' },
  {
    t: noiseSteps({ default: 200, linkBase: 200 }),
    seed: seed({ default: 1, linkBase: 1 }),
    first: schedule('First schedule', 'linear'),
    second: schedule('Second schedule', 'cosine'),
    drawn: custom<readonly number[]>({
      label: 'Drawn schedule',
      default: evenFall,
      linkBase: [0.875, 0.75, 0.625, 0.5, 0.375, 0.25, 0.125, 0.004],
      schema: v.pipe(
        v.array(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
        v.length(drawnPoints),
        v.check((points) => parseDrawnSchedule(drawnSchedule(points)) !== null),
      ),
    }),
  },
);
