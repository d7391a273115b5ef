import { describe, expect, it } from 'vitest';
import { LossByTime, timeBins } from './lossByTime';

describe('LossByTime', () => {
  it('keeps a mean of each stretch of t, the first and the last step among them', () => {
    const byTime = new LossByTime();
    byTime.add([0, 49, 50, 999], [1, 3, 7, 0.5], 1000);
    const { means } = byTime;
    expect([means[0], means[1], means[timeBins - 1]]).toEqual([2, 7, 0.5]);
    expect(means.slice(2, -1).every(Number.isNaN)).toBe(true);
  });

  it('follows a loss that falls, and forgets the start', () => {
    const byTime = new LossByTime();
    for (let i = 0; i < 4000; i++) byTime.add([3], [i < 200 ? 1 : 0.1], 10);
    expect(byTime.means[6]).toBeCloseTo(0.1, 5);
  });

  it('passes over what is no number, and is empty once cleared', () => {
    const byTime = new LossByTime();
    byTime.add([0, 0], [Number.NaN, 2], 10);
    expect(byTime.means[0]).toBe(2);
    byTime.clear();
    expect(byTime.means.every(Number.isNaN)).toBe(true);
  });
});
