import { defaultUsed } from '../../../settings/group';
import { trainingGroup } from '../../../settings/groups/training';
import { at, patched } from '../../../settings/path';
import type { ChoiceSetting, Setting, SwitchSetting } from '../../../settings/setting';
import type { Settings } from '../../../settings/settings';
import { formatNumber } from '../../../ui/controls/parseNumber';

/** A setting with two values, by its path in `trainingGroup`. */
export interface SettingDifference {
  path: string;
  before?: unknown;
  after?: unknown;
}

/** A setting that was changed while a run was under way, from the step after `step` on. */
export interface SettingMark extends SettingDifference {
  step: number;
}

/** The rows of all settings that decide what a run learns: neither its length nor its previews. */
export const learningRows: Readonly<Record<string, Setting>> = Object.fromEntries(
  Object.entries(trainingGroup.rows).filter(
    ([path]) => path !== 'training.steps' && !path.startsWith('training.preview.'),
  ) as [string, Setting][],
);

/** The settings that are not the same, in the order of the page. */
export function settingDifferences(before: Settings, after: Settings): SettingDifference[] {
  if (before === after) return [];
  return Object.entries(learningRows).flatMap(([path, row]) => {
    const [one, other] = [at(before, path), at(after, path)];
    return settingWords(row, one) === settingWords(row, other) ? [] : [{ path, before: one, after: other }];
  });
}

/** The settings of a run after the marks on its way. */
export function settingsAfter(settings: Settings, marks: readonly SettingMark[]): Settings {
  return marks.reduce((all, { path, after }) => patched(all, { [path]: after }), settings);
}

/** Settings with another value of one, and what that brings along. */
export function withSetting(settings: Settings, path: string, value: unknown): Settings {
  const brought = learningRows[path]?.brings?.(value, settings as never) ?? {};
  return patched(settings, { ...brought, [path]: value });
}

/** A value as the page says it. */
export function settingWords(row: Setting, value: unknown): string {
  const used = value ?? defaultUsed(row);
  if (row.kind === 'switch') return (row as SwitchSetting<unknown>).toSwitch(used) ? 'on' : 'off';
  if (row.kind === 'choice') {
    const { choices, other } = row as ChoiceSetting<unknown>;
    return choices[String(used)]?.title ?? other?.title ?? String(used);
  }
  if (Array.isArray(used))
    return used.map((one) => (typeof one === 'boolean' ? (one ? 'yes' : 'no') : String(one))).join(', ');
  return typeof used === 'number' ? formatNumber(used) : String(used);
}

/** "Learning rate 0.002 → 0.001". */
export function differenceWords({ path, before, after }: SettingDifference): string {
  const row = learningRows[path];
  if (!row) return path;
  return `${row.label} ${settingWords(row, before)} → ${settingWords(row, after)}`;
}
