import * as v from 'valibot';
import type { At, PathOf } from './path';
import { at, patched } from './path';
import {
  anywhere,
  type ChoiceSetting,
  type NumberSetting,
  type Setting,
  type SettingContext,
} from './setting';

/** Settings that belong together, by their path in the values: 'seed', 'preview.count'. */
export interface SettingGroup<Values extends object = object> {
  /** Its name in storages and links. */
  id: string;
  /** Id of the view where they are changed. */
  view: string;
  rows: Readonly<Record<string, Setting>>;
  defaults: Values;
  /** What a link leaves out is as here. */
  linkBase: Values;
  /** What storages and links may hold of it, as JSON. */
  schema: v.GenericSchema<unknown, object>;
  /** Whether links hold it among the views. */
  linked: boolean;
  /** Whether it is kept from visit to visit by itself. */
  kept: boolean;
}

/** A group with a row for every value that it has; `Path` names the leaves where they are more than plain values. */
export function settingGroup<Values extends object, Path extends string = PathOf<Values>>(
  group: Pick<SettingGroup, 'id' | 'view'> & Partial<Pick<SettingGroup, 'linked' | 'kept'>>,
  rows: { readonly [P in Path]: Setting<At<Values, P>> },
): SettingGroup<Values> & { rows: typeof rows } {
  const entries = Object.entries(rows) as [string, Setting][];
  const all = (value: (row: Setting) => unknown) =>
    patched({}, Object.fromEntries(entries.map(([path, row]) => [path, value(row)]))) as Values;
  return {
    linked: true,
    kept: true,
    ...group,
    rows: rows as never,
    defaults: all((row) => row.default),
    linkBase: all((row) => (row.encode ? row.encode(row.linkBase) : row.linkBase)),
    schema: schemaOf(entries),
  };
}

function schemaOf(entries: [string, Setting][]): v.GenericSchema<unknown, object> {
  const names = [...new Set(entries.map(([path]) => path.split('.')[0] as string))];
  const fields = names.map((name) => {
    const own = entries.find(([path]) => path === name);
    const nested = entries
      .filter(([path]) => path.startsWith(`${name}.`))
      .map(([path, row]): [string, Setting] => [path.slice(name.length + 1), row]);
    return [name, own ? own[1].schema : schemaOf(nested)] as const;
  });
  return v.object(Object.fromEntries(fields)) as v.GenericSchema<unknown, object>;
}

/** Values as JSON holds them. */
export function encoded(group: SettingGroup, values: object): object {
  return converted(group, values, ({ encode }) => encode as ((value: unknown) => unknown) | undefined);
}

/** Values that JSON held, checked by the group's schema before. */
export function decoded<Values extends object>(group: SettingGroup<Values>, json: object): Values {
  return converted(
    group,
    json,
    ({ decode }) => decode as ((value: unknown) => unknown) | undefined,
  ) as Values;
}

function converted(
  { rows }: SettingGroup,
  values: object,
  by: (row: Setting) => ((value: unknown) => unknown) | undefined,
): object {
  const changes = Object.entries(rows).flatMap(([path, row]) => {
    const convert = by(row);
    return convert ? [[path, convert(at(values, path))]] : [];
  });
  return patched(values, Object.fromEntries(changes));
}

/** What is wrong with values in this context: a message by path; empty where all is well. Hidden settings do not count. */
export function problemsOf<Values extends object>(
  { rows }: SettingGroup<Values>,
  values: Values,
  context: SettingContext,
): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const [path, row] of Object.entries(rows)) {
    if (row.shown?.(values as never, context) === false) continue;
    const problem = row.problem(at(values, path), context);
    if (problem !== null) problems[path] = problem;
  }
  return problems;
}

/** The first thing that is wrong with values whatever the data and the process; null where all is well. */
export function problemAnywhere<Values extends object>(
  group: SettingGroup<Values>,
  values: Values,
): string | null {
  return Object.values(problemsOf(group, values, anywhere))[0] ?? null;
}

/**
 * Values that JSON held, each checked by its own row: one that is not sound is as in `from`, and its path is named. What no
 * row has is left out.
 */
export function soundValues<Values extends object>(
  group: SettingGroup<Values>,
  json: unknown,
  from: Values,
): { values: Values; unsound: string[] } {
  const unsound: string[] = [];
  const sound = Object.entries(group.rows).flatMap(([path, row]) => {
    const held = typeof json === 'object' && json !== null ? at(json, path) : undefined;
    if (held === undefined) return [];
    const { success, output } = v.safeParse(row.schema, held);
    if (!success) unsound.push(path);
    return success ? [[path, row.decode ? row.decode(output as never) : output]] : [];
  });
  return { values: patched(from, Object.fromEntries(sound)), unsound };
}

/** A number as it is used in this context: within its range, and 'all' as a number. */
export function numberUsed<Value>(row: Setting<Value>, value: Value, context: SettingContext): number {
  return (row as NumberSetting<Value>).toNumber(value, context);
}

/** The default of a row, and what the absence of a value stands for where that is the default. */
export function defaultUsed(row: Setting): unknown {
  if (row.kind === 'number') return numberUsed(row, row.default, anywhere);
  return row.default ?? (row as ChoiceSetting<unknown>).without;
}
