import { at } from '../../../settings/path';
import type { NumberSetting, Setting, SettingContext, SwitchSetting } from '../../../settings/setting';
import type { Settings } from '../../../settings/settings';
import { learningRows, settingWords, withSetting } from '../record/settingDifferences';

/** A setting with the values that it takes in turn. */
export interface Choice {
  path: string;
  values: readonly unknown[];
}

/** A run of a grid: its settings, and what sets it apart, in words. */
export interface GridRun {
  words: string;
  settings: Settings;
}

/** Values of one setting in a grid, and settings with several. */
export const MOST_VALUES = 3;
export const MOST_CHOICES = 2;

/** The settings that a grid can change: those with one control. */
export const gridRows: Readonly<Record<string, Setting>> = Object.fromEntries(
  Object.entries(learningRows).filter(([, { kind }]) => kind !== 'custom'),
);

/** A run for every combination of the values, `steps` long; values that come twice count once. */
export function gridOf(settings: Settings, choices: readonly Choice[], steps: number): GridRun[] {
  const first: GridRun = { words: '', settings: { ...settings, training: { ...settings.training, steps } } };
  const runs = choices.reduce(
    (all, { path, values }) =>
      all.flatMap((run) =>
        values.map((value) => ({
          words: [run.words, wordsOf(path, value)].filter(Boolean).join(', '),
          settings: withSetting(run.settings, path, value),
        })),
      ),
    [first],
  );
  return runs.filter((run, i) => runs.findIndex(({ words }) => words === run.words) === i);
}

/** "learning rate 0.001". */
function wordsOf(path: string, value: unknown): string {
  const row = gridRows[path] as Setting;
  return `${row.label.charAt(0).toLowerCase()}${row.label.slice(1)} ${settingWords(row, value)}`;
}

/** Another value of a setting than those that are there: half of a number, the next of a list. */
export function otherValue(path: string, taken: readonly unknown[], context: SettingContext): unknown {
  const row = gridRows[path] as Setting;
  if (row.kind === 'number') {
    const { toNumber, fromNumber, limits, integer } = row as NumberSetting<unknown>;
    const { min = 0 } = limits(context);
    const last = toNumber(taken.at(-1), context);
    const half = integer ? Math.max(min, Math.round(last / 2)) : Number((last / 2).toPrecision(6));
    return fromNumber(half === last ? last + (row as NumberSetting<unknown>).step : half, context);
  }
  if (row.kind === 'switch') {
    const { toSwitch, fromSwitch } = row as SwitchSetting<unknown>;
    return fromSwitch(!toSwitch(taken.at(-1)), context);
  }
  const words = taken.map((value) => settingWords(row, value));
  const { choices } = row as unknown as { choices: Record<string, { title: string }> };
  return Object.keys(choices).find((id) => !words.includes(settingWords(row, id))) ?? taken.at(-1);
}

/** A setting with two values: that of the settings, and another one. */
export function choiceOf(path: string, settings: Settings, context: SettingContext): Choice {
  const value = at(settings, path);
  return { path, values: [value, otherValue(path, [value], context)] };
}
