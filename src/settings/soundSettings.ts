import * as v from 'valibot';
import { trainingGroup } from './groups/training';
import { at, patched } from './path';
import { anywhere, type Setting } from './setting';
import type { TrainingSettings } from './settings';

/** What a file told of a run: what can be used, and a sentence on each entry that cannot. */
export interface SoundSettings {
  settings: Partial<TrainingSettings>;
  problems: string[];
}

const prefix = 'training.';
const trainingRows = Object.fromEntries(
  (Object.entries(trainingGroup.rows) as [string, Setting][])
    .filter(([path]) => path.startsWith(prefix))
    .map(([path, row]) => [path.slice(prefix.length), row]),
);

/** The entries, by the paths of rows, that their rows allow, and a sentence on each of the others. */
export function soundEntries(
  rows: Readonly<Record<string, Setting>>,
  entries: Readonly<Record<string, unknown>>,
): { sound: Record<string, unknown>; problems: string[] } {
  const sound: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [path, row] of Object.entries(rows)) {
    const value = at(entries, path);
    if (value === undefined) continue;
    const problem = problemOf(row, value);
    if (problem === null) sound[path] = value;
    else problems.push(problem);
  }
  return { sound, problems };
}

/** Takes the entries of a run that the page's own controls would take, one by one; the rest are left out. */
export function soundTrainingSettings(told: Readonly<Record<string, unknown>>): SoundSettings {
  const { sound, problems } = soundEntries(trainingRows, told);
  const settings: Partial<TrainingSettings> = patched({}, sound);
  const { preview } = trainingGroup.defaults.training;
  return {
    settings: settings.preview ? { ...settings, preview: { ...preview, ...settings.preview } } : settings,
    problems,
  };
}

/** Why an entry cannot be used, in the words of its control where it is a number. */
function problemOf(row: Setting, value: unknown): string | null {
  if (typeof value === 'number' && row.kind === 'number') return row.problem(value, anywhere);
  return v.is(row.schema, value) ? null : `${row.label} cannot be ${shortened(value)}.`;
}

function shortened(value: unknown): string {
  const text = JSON.stringify(value) ?? 'empty';
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
