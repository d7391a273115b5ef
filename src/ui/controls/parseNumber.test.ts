import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatNumber, parseNumber } from './parseNumber';
import { stepNumber } from './stepNumber';

describe('parseNumber', () => {
  it('reads plain, grouped and exponent forms', () => {
    expect(parseNumber('12', {})).toEqual({ value: 12 });
    expect(parseNumber(' 10,000 ', {})).toEqual({ value: 10_000 });
    expect(parseNumber('2e-4', {})).toEqual({ value: 2e-4 });
    expect(parseNumber('−3', {})).toEqual({ value: -3 });
  });

  it('reads back every number that formatNumber writes', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseNumber(formatNumber(value), {})).toEqual({
          value: value === 0 ? expect.closeTo(0) : value,
        });
      }),
    );
  });

  it.each([
    ['', { min: 1, max: 8, integer: true }, 'Enter a whole number from 1 to 8.'],
    ['abc', { min: 0 }, '“abc” is not a number. Enter a number of at least 0.'],
    ['NaN', {}, '“NaN” is not a number. Enter a number.'],
    ['1e999', { max: 5 }, '“1e999” is not a number. Enter a number of at most 5.'],
    ['2.5', { integer: true }, 'Must be a whole number, not 2.5.'],
    ['1', { min: 2, integer: true }, 'Must be at least 2.'],
    ['20000', { max: 10_000 }, 'Must be at most 10,000.'],
    ['1,5', {}, '“1,5” is not a number. Enter a number.'],
  ])('%j within %j says the limit', (text, limits, problem) => {
    expect(parseNumber(text, limits)).toEqual({ problem });
  });
});

describe('stepNumber', () => {
  it('moves without binary dust and stops at the limits', () => {
    expect(stepNumber(0.2, 1, 0.1, {})).toBe(0.3);
    expect(stepNumber(7, 10, 1, { max: 8 })).toBe(8);
    expect(stepNumber(2, -1, 1, { min: 2 })).toBe(2);
  });

  it('goes to the next line of the grid from between two', () => {
    expect(stepNumber(17, 1, 16, { min: 16 })).toBe(32);
    expect(stepNumber(17, -1, 16, { min: 16 })).toBe(16);
  });
});
