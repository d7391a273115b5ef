import { expect, test } from 'vitest';
import { formatNumber, typedNumber } from './controls/parseNumber';
import { formatQuantity, formatSigned } from './formatQuantity';
import { formatTick } from './plot/axis';
import { withMinus } from './withMinus';

test('a number below 0 has a minus sign, wherever it is shown', () => {
  expect(withMinus('-5')).toBe('\u22125');
  expect(withMinus('1e-7')).toBe('1e-7');
  expect(formatSigned(-0.1234)).toBe('−0.123');
  expect(formatSigned(-1.25, 1)).toBe('−1.3');
  expect([-1.94, -12_345, -4.04e-5, Number.NEGATIVE_INFINITY].map(formatQuantity)).toEqual([
    ...['−1.94', '−12,345', '−4.04·10⁻⁵', '−∞'],
  ]);
  expect([-0.5, -2000, -20_000, -1e-5].map(formatTick)).toEqual(['−0.5', '−2000', '−20k', '−10⁻⁵']);
  expect(formatNumber(-20_000)).toBe('−20,000');
});

test('the value of an input has what a keyboard types', () => {
  expect(typedNumber(-20_000)).toBe('-20,000');
});
