import * as v from 'valibot';
import { defaultUsed } from '../src/settings/group';
import { anywhere, type ChoiceSetting, type NumberSetting, type Setting } from '../src/settings/setting';
import { UsageError } from './errors';

// biome-ignore lint/suspicious/noExplicitAny: rows of every kind of value stand side by side.
type Rows = Readonly<Record<string, Setting<any>>>;

/** learningRate → learning-rate. */
type OptionName<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? First extends Lowercase<First>
    ? `${First}${OptionName<Rest>}`
    : `-${Lowercase<First>}${OptionName<Rest>}`
  : Name;

type OptionOf<Row> = Row extends { kind: 'switch' }
  ? { description: string }
  : { value: string; description: string };

export type SettingOptions<R extends Rows> = {
  [Name in keyof R & string as OptionName<Name>]: OptionOf<R[Name]>;
};

/** An option for each row, under the row's name; `defaults` says what is taken by default where that is not the row's. */
export function settingOptions<R extends Rows>(
  rows: R,
  defaults: Partial<Record<keyof R, string>> = {},
): SettingOptions<R> {
  const options = Object.entries(rows).map(([name, row]) => {
    const what = row.summary ?? (row.symbol ? `${row.label} ${row.symbol}` : row.label);
    if (row.kind === 'switch') return [optionName(name), { description: `${what}.` }];
    const base = defaults[name] ?? (row.default === 'all' ? 'all' : defaultUsed(row));
    return [
      optionName(name),
      { value: placeholderOf(row), description: `${what} (${valuesText(row)}; by default ${base}).` },
    ];
  });
  return Object.fromEntries(options);
}

/** The values that rows have by default. */
export function defaultsOf<R extends Rows>(rows: R): { [Name in keyof R]: R[Name]['default'] } {
  return Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, row.default])) as never;
}

/** The settings that were given, by the names of their rows. Throws UsageError for what a row does not allow. */
export function givenSettings<R extends Rows>(
  rows: R,
  given: Readonly<Record<string, unknown>>,
): { [Name in keyof R]?: R[Name]['default'] } {
  const values: Record<string, unknown> = {};
  for (const [name, row] of Object.entries(rows)) {
    const text = given[optionName(name)];
    if (text === undefined || text === false) continue;
    values[name] = row.kind === 'switch' ? true : checkedValue(row, optionName(name), text as string);
  }
  return values as { [Name in keyof R]?: R[Name]['default'] };
}

/** A choice may be typed as betaTilde or beta-tilde. */
function checkedValue(row: Setting<unknown>, option: string, text: string): unknown {
  const name = text.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const isNumber = row.kind === 'number' && text.trim() !== '' && !Number.isNaN(Number(text));
  if (v.is(row.schema, name)) return name;
  const value = isNumber ? Number(text) : `'${text}'`;
  const problem = row.problem(value, anywhere);
  if (problem === null) return value;
  throw new UsageError(problem.replace(row.label, `--${option}`));
}

function valuesText(row: Setting): string {
  if (row.kind === 'choice') return `one of ${Object.keys((row as ChoiceSetting).choices).join(', ')}`;
  return (row as NumberSetting<unknown>).rangeText(anywhere);
}

function placeholderOf(row: Setting): string {
  if (row.kind === 'choice') return 'NAME';
  return (row as NumberSetting<unknown>).integer ? 'N' : 'X';
}

function optionName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
