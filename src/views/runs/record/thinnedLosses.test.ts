import { expect, test } from 'vitest';
import { LossHistory } from '../../../store/lossHistory';
import { lastSteps, thinnedLosses } from './thinnedLosses';

const historyOf = (last: number, losses: ArrayLike<number>) => {
  const history = new LossHistory();
  history.append(last, losses);
  return history;
};

test('a short run keeps every loss, at its step', () => {
  const thinned = thinnedLosses(historyOf(13, [0.5, 0.25, 1]));
  expect(thinned).toMatchObject({ interval: 1, mean: [0.5, 0.25, 1], least: [0.5, 0.25, 1] });
  expect(lastSteps(thinned)).toEqual([11, 12, 13]);
});

test('a long run keeps mean, least and greatest of intervals; unknown losses count for none', () => {
  const losses = Float32Array.from({ length: 5000 }, (_, i) => (i % 4 === 3 ? 3 : 1));
  losses[4] = Number.NaN;
  const thinned = thinnedLosses(historyOf(5000, losses));
  expect(thinned.interval).toBe(4);
  expect(thinned.mean.slice(0, 3)).toEqual([1.5, 1.66667, 1.5]);
  expect(thinned.least[0]).toBe(1);
  expect(thinned.greatest[0]).toBe(3);
  expect(lastSteps(thinned).at(-1)).toBe(5000);
});

test('the losses of 100,000 steps take far less than 2 MB as text', () => {
  const losses = Float32Array.from({ length: 100_000 }, (_, i) => 1 / (1 + i) + Math.sin(i) ** 2);
  expect(JSON.stringify(thinnedLosses(historyOf(100_000, losses))).length).toBeLessThan(100_000);
});
