import { expect, test } from 'vitest';
import { formatDuration } from './duration';
import { Rate } from './rate';

test('a rate follows the last seconds', () => {
  let now = 0;
  const rate = new Rate(100, () => now);
  expect(rate.perSecond).toBe(undefined);
  let value = 100;
  const count = (perSecond: number, seconds: number) => {
    for (let i = 0; i < 10 * seconds; i++) {
      now += 100;
      value += perSecond / 10;
      rate.add(value);
    }
  };
  count(20, 3);
  expect(rate.perSecond).toBeCloseTo(20, 6);
  count(50, 20);
  expect(rate.perSecond).toBeCloseTo(50, 6);
});

test.each([
  [0, '0:00'],
  [0.2, '0:01'],
  [59.5, '1:00'],
  [754, '12:34'],
  [3723, '1:02:03'],
])('%d seconds are written %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));
