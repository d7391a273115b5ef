import * as v from 'valibot';
import type {
  Choice,
  ChoiceSetting,
  Limits,
  NumberSetting,
  Setting,
  SettingContext,
  SwitchSetting,
} from './setting';

type Common<Value> = Pick<Setting<Value>, 'label' | 'default' | 'linkBase'> &
  Partial<Pick<Setting<Value>, 'summary' | 'symbol' | 'shown' | 'brings' | 'loses'>>;

interface NumberDefinition extends Common<number> {
  /** What any link, storage or file may hold. */
  min: number;
  max: number;
  /** Whether the lower or upper end itself is left out. */
  above?: true;
  below?: true;
  step?: number;
  integer?: boolean;
  /** A narrower range in this context. A value outside of it is a problem, unless `clamped`: then the nearest is used. */
  limits?(context: SettingContext): Limits;
  clamped?: true;
}

/** A number within bounds. */
export function number(definition: NumberDefinition): NumberSetting {
  const {
    min,
    max,
    above,
    below,
    step = 1,
    integer = false,
    clamped,
    limits: narrower,
    ...rest
  } = definition;
  const limits = (context: SettingContext) => within({ min, max }, narrower?.(context) ?? {});
  const inside = (value: number) =>
    (above ? value > min : value >= min) &&
    (below ? value < max : value <= max) &&
    (!integer || Number.isInteger(value));
  const schema = v.pipe(v.number(), v.check(inside));
  const range = (context: SettingContext) => (clamped ? { min, max } : limits(context));
  const words = (context: SettingContext) => rangeText({ ...range(context), integer, above, below });
  return {
    kind: 'number',
    integer,
    step,
    limits,
    rangeText: words,
    schema,
    toNumber: (value, context) => (clamped ? clamp(value, limits(context)) : value),
    fromNumber: (shown) => shown,
    problem(value, context) {
      return v.is(schema, value) && clamp(value, range(context)) === value
        ? null
        : `${rest.label} must be ${words(context)}, not ${text(value)}.`;
    },
    ...rest,
  };
}

/** A whole number within bounds. */
export function whole(definition: Omit<NumberDefinition, 'integer'>): NumberSetting {
  return number({ ...definition, integer: true });
}

/** A setting that need not be there: `without` is what its absence means. */
export function optional(setting: NumberSetting, without: number): NumberSetting<number | undefined> {
  const { toNumber, problem, brings: _, ...rest } = setting;
  return {
    ...rest,
    default: undefined,
    linkBase: undefined,
    schema: v.optional(setting.schema),
    toNumber: (value, context) => toNumber(value ?? without, context),
    problem: (value, context) => (value === undefined ? null : problem(value, context)),
  } as NumberSetting<number | undefined>;
}

/** A seed of random numbers. */
export function seed(definition: Partial<Common<number>> & Pick<Common<number>, 'default' | 'linkBase'>) {
  return whole({ label: 'Seed', min: 0, max: 2 ** 32 - 1, ...definition });
}

/** One of the ids of a table. */
export function choice<const Table extends Readonly<Record<string, Choice>>, Value = keyof Table & string>(
  definition: Common<NoInfer<Value>> &
    Partial<Pick<ChoiceSetting<NoInfer<Value>>, 'other' | 'without' | 'offered'>> & {
      choices: Table;
      schema?: v.GenericSchema;
    },
): ChoiceSetting<Value> {
  const { choices, ...rest } = definition;
  const schema =
    definition.schema ?? v.custom<string>((id) => typeof id === 'string' && Object.hasOwn(choices, id));
  const ids = Object.keys(choices).join(', ');
  return {
    kind: 'choice',
    choices,
    problem: (value) => (v.is(schema, value) ? null : `${rest.label} must be one of ${ids}, not ${value}.`),
    ...rest,
    schema,
  };
}

/** On or off. */
export function toggle(definition: Common<boolean>): SwitchSetting {
  return {
    kind: 'switch',
    schema: v.boolean(),
    problem: () => null,
    toSwitch: (value) => value,
    fromSwitch: (on) => on,
    ...definition,
  };
}

/** What has a control of its own. */
export function custom<Value, Json = Value>(
  definition: Common<Value> & {
    schema: v.GenericSchema<unknown, Json>;
    encode?: (value: Value) => Json;
    decode?: (json: Json) => Value;
  },
): Setting<Value> {
  return { kind: 'custom', problem: () => null, ...definition } as Setting<Value>;
}

/** "a whole number from 1 to 1,617 (the number of training images)". */
export function rangeText(
  range: Limits & { integer?: boolean | undefined; above?: true | undefined; below?: true | undefined },
): string {
  const { min, max, reason, integer, above, below } = range;
  const kind = integer ? 'a whole number' : 'a number';
  const ends = [
    ...(min === undefined ? [] : [above ? `above ${grouped(min)}` : `at least ${grouped(min)}`]),
    ...(max === undefined ? [] : [below ? `below ${grouped(max)}` : `at most ${grouped(max)}`]),
  ];
  const both = min !== undefined && max !== undefined && !above && !below;
  const words = both ? `from ${grouped(min)} to ${grouped(max)}` : ends.join(' and ');
  return `${kind} ${words}${reason ? ` (${reason})` : ''}`.trimEnd();
}

/** The part of a range that lies within `bounds`; the reason holds where it is narrower than those. */
function within(bounds: { min: number; max: number }, { min, max, reason }: Limits): Limits {
  const ends = { min: Math.max(bounds.min, min ?? bounds.min), max: Math.min(bounds.max, max ?? bounds.max) };
  const isNarrower = ends.min > bounds.min || ends.max < bounds.max;
  return { ...ends, ...(isNarrower && reason !== undefined && { reason }) };
}

function clamp(value: number, { min = -Infinity, max = Infinity }: Limits): number {
  return Math.max(Math.min(min, max), Math.min(max, value));
}

function text(value: unknown): string {
  return typeof value === 'number' ? grouped(value) : String(value);
}

function grouped(value: number): string {
  return Number.isSafeInteger(value) ? value.toLocaleString('en') : String(value);
}
