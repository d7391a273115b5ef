import { ImportError } from './pixels';

/** What is known of the values of arrays or tables. */
export interface ValueStats {
  low: number;
  high: number;
  /** Whether all are whole numbers. */
  whole: boolean;
  /** Which whole numbers 0 … 255 occur. */
  seen: Uint8Array;
}

/** The values that are black and white; all others lie between, or are clipped. */
export interface LevelRange {
  black: number;
  white: number;
  /** What was found. */
  low: number;
  high: number;
}

export function newStats(): ValueStats {
  return {
    low: Number.POSITIVE_INFINITY,
    high: Number.NEGATIVE_INFINITY,
    whole: true,
    seen: new Uint8Array(256),
  };
}

/** Takes more values into account. Of NaN and infinity it only tells the place among the values. */
export function addToStats(
  stats: ValueStats,
  values: ArrayLike<number>,
  tellStrange: (place: number) => void,
): void {
  let { low, high, whole } = stats;
  const { seen } = stats;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isInteger(value)) {
      whole = false;
      if (!Number.isFinite(value)) {
        tellStrange(i);
        continue;
      }
    } else if (value >= 0 && value < 256) seen[value] = 1;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  stats.low = low;
  stats.high = high;
  stats.whole = whole;
}

export function joinedStats(all: readonly ValueStats[]): ValueStats {
  const joined = newStats();
  for (const { low, high, whole, seen } of all) {
    joined.low = Math.min(joined.low, low);
    joined.high = Math.max(joined.high, high);
    joined.whole &&= whole;
    for (let i = 0; i < 256; i++) joined.seen[i] = (joined.seen[i] as number) | (seen[i] as number);
  }
  return joined;
}

/** Whole ranges that end below 255: 6 and 7 bits, with white or beside it, and per cent. */
const CUSTOMARY_WHITES = [63, 64, 100, 127, 128];
/** A set of images whose lightest level of 255 were this would be black: its levels end there. */
const DARKEST_WHITE = 32;
/** Whole ranges above 255: 10, 12, 14 and 16 bits. */
const WIDE_WHITES = [256, 1023, 4095, 16383, 65535];
/** How far an interpolation may overshoot a range of length 1. */
const OVERSHOOT = 0.2;
/** Values that were normalised to mean 0 and variance 1 stay within this. */
const NORMALISED = 10;

/**
 * Which values are black and white: 0 … 255, 0 … 1, −1 … 1, −½ … ½, 0 … 16 and other ranges that end below 255, 10 to 16 bits,
 * signed bytes, or normalised values, whose lowest is black and whose highest is white. Throws ImportError for others.
 */
export function levelRange(stats: ValueStats, name: string): LevelRange {
  const { low, high } = stats;
  const range = (black: number, white: number) => ({ black, white, low, high });
  if (low > high) return { black: 0, white: 255, low: 0, high: 0 };
  const found = stats.whole ? wholeRange(stats) : realRange(low, high);
  if (found) return range(...found);
  throw new ImportError(
    `${name} holds values from ${low} to ${high}: levels must lie in 0 … 255, 0 … 1 or −1 … 1.`,
  );
}

function wholeRange({ low, high, seen }: ValueStats): [number, number] | null {
  if (low < 0) {
    if (low >= -1 && high <= 1) return [-1, 1];
    return low >= -128 && high <= 127 ? [-128, 127] : null;
  }
  if (high <= DARKEST_WHITE) return [0, Math.max(1, high)];
  if (CUSTOMARY_WHITES.includes(high) && seen[0] === 1) {
    const different = seen.reduce((sum, one) => sum + one, 0);
    if (different > high / 2) return [0, high];
  }
  if (high <= 255) return [0, 255];
  const white = WIDE_WHITES.find((candidate) => high <= candidate);
  return white === undefined ? null : [0, white];
}

function realRange(low: number, high: number): [number, number] | null {
  if (low >= -OVERSHOOT && high <= 1 + OVERSHOOT) return [0, 1];
  if (low >= -0.5 - OVERSHOOT / 4 && high <= 0.5 + OVERSHOOT / 4 && low < -0.4 && high > 0.4)
    return [-0.5, 0.5];
  if (low >= -1 - OVERSHOOT && high <= 1 + OVERSHOOT) return [-1, 1];
  // Interpolation leaves a little below black.
  if (low >= -high / 10) {
    if (high <= DARKEST_WHITE) return [0, high];
    if (high <= 260) return [0, 255];
    return high <= 65_535.5 ? [0, WIDE_WHITES.find((white) => high <= white + 0.5) as number] : null;
  }
  return low >= -NORMALISED && high <= NORMALISED ? [low, high] : null;
}

/** How values become levels: factor · value + offset, clipped to 0 … 255. */
export interface LevelScale {
  factor: number;
  offset: number;
}

export function scaleOf({ black, white }: Pick<LevelRange, 'black' | 'white'>): LevelScale {
  const factor = 255 / (white - black);
  return { factor, offset: -black * factor || 0 };
}
