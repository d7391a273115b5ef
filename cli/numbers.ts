import { UsageError } from './errors';

/** A whole number of an option, within bounds. Throws UsageError that names option, value and bounds. */
export function wholeNumber(
  option: string,
  text: string,
  minimum = 0,
  maximum = Number.MAX_SAFE_INTEGER,
): number {
  const value = numberOf(text);
  if (Number.isSafeInteger(value) && value >= minimum && value <= maximum) return value;
  const range =
    maximum === Number.MAX_SAFE_INTEGER ? `of at least ${minimum}` : `from ${minimum} to ${maximum}`;
  throw new UsageError(`--${option} must be a whole number ${range}, not '${text}'.`);
}

/** A finite number of an option. Throws UsageError; its bounds are for the caller to check. */
export function finiteNumber(option: string, text: string): number {
  const value = numberOf(text);
  if (Number.isFinite(value)) return value;
  throw new UsageError(`--${option} must be a number, not '${text}'.`);
}

/** One of the names in a table. Throws UsageError that lists them. */
export function oneOf<N extends string>(option: string, text: string, names: readonly N[]): N {
  const name = names.find((candidate) => candidate === text);
  if (name !== undefined) return name;
  throw new UsageError(`--${option} must be one of ${names.join(', ')}, not '${text}'.`);
}

/** Number('') is 0, which nobody means. */
function numberOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}
