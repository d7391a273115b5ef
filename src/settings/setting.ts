import type * as v from 'valibot';

/** What limits settings at the moment: the model and the data. */
export interface SettingContext {
  /** T. */
  nSteps: number;
  /** Classes of the data set; 0 for none. */
  classes: number;
  /** Images of the data set to learn from, and to evaluate on. */
  trainingCount: number;
  heldOutCount: number;
  /** Whether the model that is asked has learned its variance; left out where nobody knows. */
  learnedVariance?: boolean | undefined;
}

/** With no data at hand to limit anything, and the longest process. */
export const anywhere: SettingContext = {
  nSteps: 10_000,
  classes: 0,
  trainingCount: Number.POSITIVE_INFINITY,
  heldOutCount: Number.POSITIVE_INFINITY,
};

/** Both ends belong to the range; `reason` says what an end comes from: "the number of training images". */
export interface Limits {
  min?: number;
  max?: number;
  reason?: string;
}

/** Everything there is to say about one setting, once. */
export interface Setting<Value = unknown> {
  kind: 'number' | 'choice' | 'switch' | 'custom';
  /** What the page, the history and messages call it. */
  label: string;
  /** What its control is called where the group has several of the kind. */
  fieldLabel?: string;
  /** What it is, for the help of the command line, where the label does not say it. */
  summary?: string;
  /** Its symbol in the equations: "β_t" has the t as a subscript. */
  symbol?: string;
  default: Value;
  /** What a link that does not name it means. Frozen: links of years ago mean this value, whatever the default becomes. */
  linkBase: Value;
  /** What storages, links and files may hold, as JSON. */
  schema: v.GenericSchema;
  encode?(value: Value): unknown;
  decode?(json: never): Value;
  /** What is wrong with a value in this context, as a sentence; null where nothing is. */
  problem(value: Value, context: SettingContext): string | null;
  /** Whether it matters beside the other settings of its group. */
  shown?(values: never, context: SettingContext): boolean;
  /** What else a new value changes in its group, by path. */
  brings?(value: Value, values: never): Readonly<Record<string, unknown>>;
  /** What a change of it takes away, for the note on undoing it. */
  loses?: string;
}

/** A number, or something that is shown as one. */
export interface NumberSetting<Value = number> extends Setting<Value> {
  kind: 'number';
  integer: boolean;
  /** What an arrow key adds. */
  step: number;
  /** The range in this context, also in words: "a whole number from 1 to 64". */
  limits(context: SettingContext): Limits;
  rangeText(context: SettingContext): string;
  /** The value as a number, and the value that a number stands for. */
  toNumber(value: Value, context: SettingContext): number;
  fromNumber(shown: number, context: SettingContext): Value;
  /** As text beside a slider. */
  format?(shown: number, context: SettingContext): string;
  /** About how many places a slider has. */
  stops?: number;
}

export interface Choice {
  title: string;
  description?: string;
}

export interface ChoiceSetting<Value = string> extends Setting<Value> {
  kind: 'choice';
  choices: Readonly<Record<string, Choice>>;
  /** Whether a choice can be made now; all can where it is left out. */
  offered?(id: string, context: SettingContext): boolean;
  /** What a valid value that is not in the table is called. */
  other?: Choice;
  /** Which choice the absence of a value is. */
  without?: string;
}

export interface SwitchSetting<Value = boolean> extends Setting<Value> {
  kind: 'switch';
  toSwitch(value: Value): boolean;
  fromSwitch(on: boolean, context: SettingContext): Value;
}
