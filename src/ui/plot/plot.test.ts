import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration } from '../formatDuration';
import { formatTick, logRange, logTicks } from './axis';

describe('logTicks', () => {
  it('gives two ticks at least, three where five fit, and no more than fit, within the limits of any logarithmic axis', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -6, max: 5, noNaN: true }),
        fc.double({ min: 0.001, max: 12, noNaN: true }),
        fc.integer({ min: 3, max: 12 }),
        (exponent, decades, most) => {
          const [min, max] = [10 ** exponent, 10 ** (exponent + decades)];
          const ticks = logTicks(min, max, most);
          expect(ticks.length).toBeGreaterThanOrEqual(most < 5 ? 2 : 3);
          expect(ticks.length).toBeLessThanOrEqual(most);
          for (const tick of ticks) expect(tick >= min && tick <= max).toBe(true);
          expect(ticks).toEqual([...new Set(ticks)].sort((a, b) => a - b));
        },
      ),
    );
  });

  it.each([
    [0.05, 1.2, 8, [0.05, 0.1, 0.2, 0.5, 1]],
    [0.05, 1.2, 4, [0.1, 0.3, 1]],
    [0.002, 0.6, 5, [0.003, 0.01, 0.03, 0.1, 0.3]],
    [1e-4, 1e4, 8, [1e-4, 1e-2, 1, 1e2, 1e4]],
    [0.08, 0.12, 8, [0.08, 0.09, 0.1, 0.11, 0.12]],
  ])('from %d to %d, at most %d', (min, max, most, ticks) => {
    expect(logTicks(min, max, most)).toEqual(ticks);
  });
});

describe('logRange', () => {
  it('holds the data with room on both sides, even of a single value', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1e3, noNaN: true }),
        fc.double({ min: 1, max: 1e6, noNaN: true }),
        (min, factor) => {
          const [low, high] = logRange(min, min * factor);
          expect(low).toBeGreaterThan(0);
          expect(low).toBeLessThan(min);
          expect(high).toBeGreaterThan(min * factor);
        },
      ),
    );
  });

  it('has an axis to draw before there is data', () => {
    expect(logRange(0, 0)).toEqual([0.1, 1]);
  });
});

describe('formatTick', () => {
  it.each([
    [0, '0'],
    [0.02, '0.02'],
    [0.30000000000000004, '0.3'],
    [1000, '1000'],
    [20_000, '20k'],
    [1e-4, '10⁻⁴'],
    [5e-4, '5·10⁻⁴'],
    [1e7, '10⁷'],
  ])('%d is %s', (value, text) => {
    expect(formatTick(value)).toBe(text);
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0.0 s'],
    [4.24, '4.2 s'],
    [9.96, '10 s'],
    [89.4, '89 s'],
    [125, '2 min 05 s'],
    [4319, '1 h 12 min'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});
