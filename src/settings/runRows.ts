import { defaultUsed } from './group';
import { trainingGroup } from './groups/training';
import type { Setting } from './setting';
import { soundEntries } from './soundSettings';

type Rows = typeof trainingGroup.rows;

/** The name in a run of a row of trainingGroup; previews are the page's. */
type NameOf<Path> = Path extends `training.preview.${string}`
  ? never
  : Path extends `training.${infer Name}`
    ? Name
    : never;

const ofPage = Object.entries(trainingGroup.rows).flatMap(([path, row]) => {
  const [, name] = path.match(/^training\.(\w+)$/) ?? [];
  return name === undefined ? [] : [[name, row]];
});

/** The settings of a training run by name. */
export const runRows = {
  ...(Object.fromEntries(ofPage) as { [Path in keyof Rows as NameOf<Path>]: Rows[Path] }),
  seed: trainingGroup.rows.seed,
};

export type RunValues = { [Name in keyof typeof runRows]: (typeof runRows)[Name]['default'] };

/** What a run takes that chooses nothing, with what stands for a setting that is left out. */
export const runDefaults = Object.fromEntries(
  Object.entries(runRows).map(([name, row]) => [name, defaultUsed(row as Setting)]),
) as RunValues;

/** Settings as config files and training states hold them: `batch_size`. */
export function runToFile(values: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [nameInFile(name), value]));
}

/** The settings that a file holds, and a sentence on each entry that cannot be used. */
export function runFromFile(json: Readonly<Record<string, unknown>>): {
  values: Partial<RunValues>;
  problems: string[];
} {
  const { sound, problems } = soundEntries(runRows, withPageNames(json));
  return { values: sound, problems };
}

/** What a file may hold of a run. */
export const runNamesInFile = Object.keys(runRows).map(nameInFile);

/** The entries of a file under the names that the page has for them. */
export function withPageNames(json: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const named = Object.entries(json).map(([name, value]) => [
    name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    value,
  ]);
  return Object.fromEntries(named);
}

function nameInFile(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
