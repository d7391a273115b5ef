import { withMinus } from '../withMinus';

/** What a number may be; both ends belong to the range. */
export interface NumberLimits {
  min?: number | undefined;
  max?: number | undefined;
  integer?: boolean | undefined;
}

export type ParsedNumber = { value: number } | { problem: string };

/** Reads a number as it was typed (spaces and digit-group commas allowed, 1e-4 too); the problem names the limit. */
export function parseNumber(text: string, { min, max, integer }: NumberLimits): ParsedNumber {
  const compact = text
    .replace(/[\s_]/g, '')
    .replace(/,(?=\d{3}(\D|$))/g, '')
    .replace('−', '-');
  const value = compact === '' ? Number.NaN : Number(compact);
  if (compact === '') return { problem: `Enter ${rangeInWords({ min, max, integer })}.` };
  if (!Number.isFinite(value))
    return { problem: `“${text.trim()}” is not a number. Enter ${rangeInWords({ min, max, integer })}.` };
  if (integer && !Number.isInteger(value))
    return { problem: `Must be a whole number, not ${withMinus(String(value))}.` };
  if (min !== undefined && value < min) return { problem: `Must be at least ${formatNumber(min)}.` };
  if (max !== undefined && value > max) return { problem: `Must be at most ${formatNumber(max)}.` };
  return { value };
}

/** A limit or a value as text: digit groups from 10,000 on, never rounded. */
export function formatNumber(value: number): string {
  return withMinus(typedNumber(value));
}

/** The same as one types it, for the value of an input. */
export function typedNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) >= 10_000) return value.toLocaleString('en');
  return String(value);
}

function rangeInWords({ min, max, integer }: NumberLimits): string {
  const kind = integer ? 'a whole number' : 'a number';
  if (min !== undefined && max !== undefined)
    return `${kind} from ${formatNumber(min)} to ${formatNumber(max)}`;
  if (min !== undefined) return `${kind} of at least ${formatNumber(min)}`;
  if (max !== undefined) return `${kind} of at most ${formatNumber(max)}`;
  return kind;
}
