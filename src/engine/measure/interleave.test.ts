import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { timed, timeInterleaved } from './interleave';
import { spreadOf } from './spread';

// A clock that only work moves: how busy the machine is does not matter.
beforeAll(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterAll(() => void vi.useRealTimers());

describe('spreadOf', () => {
  test('is the median and the quartiles, in any order of the values', () => {
    expect(spreadOf([5, 1, 4, 2, 3])).toEqual({ median: 3, low: 2, high: 4, count: 5 });
    expect(spreadOf([2, 1])).toEqual({ median: 1.5, low: 1.25, high: 1.75, count: 2 });
    expect(spreadOf([7])).toEqual({ median: 7, low: 7, high: 7, count: 1 });
    expect(() => spreadOf([])).toThrow();
  });
});

describe('timeInterleaved', () => {
  const subject = (name: string, order: string[], wait = 0) => ({
    turn: async () => {
      order.push(name);
      vi.advanceTimersByTime(wait);
      return [order.length];
    },
  });

  test('takes turns until each has its runs', async () => {
    const order: string[] = [];
    const spreads = await timeInterleaved(
      { a: subject('a', order), none: undefined, b: subject('b', order) },
      { runs: 3, budgetMs: 1000 },
    );
    expect(order.join('')).toBe('ababab');
    expect(spreads.a).toEqual({ median: 3, low: 2, high: 4, count: 3 });
    expect(spreads.none).toBeUndefined();
  });

  test('lets one that has used up its time sit out, after one turn at least', async () => {
    const order: string[] = [];
    const subjects = { slow: subject('s', order, 20), quick: subject('q', order) };
    const { slow } = await timeInterleaved(subjects, { runs: 3, budgetMs: 10 });
    expect(order.join('')).toBe('sqqq');
    expect(slow?.count).toBe(1);
  });
});

describe('timed', () => {
  const counting = (milliseconds: number) => {
    const counts: number[] = [];
    const run = async (count: number) => {
      counts.push(count);
      vi.advanceTimersByTime(count * milliseconds);
    };
    return { counts, run };
  };

  test('takes short steps many at a time, and tells the time of one', async () => {
    const { counts, run } = counting(4);
    const subject = timed(run);
    const [first] = await subject.turn();
    const [second] = await subject.turn();
    // One to see how long it takes, then as many as fill 40 ms.
    expect(counts).toEqual([1, 10, 10]);
    expect([first, second]).toEqual([4, 4]);
  });

  test('takes long steps one at a time, the first one included', async () => {
    const { counts, run } = counting(80);
    const subject = timed(run);
    expect(await subject.turn()).toEqual([80]);
    expect(await subject.turn()).toEqual([80]);
    expect(counts).toEqual([1, 1]);
  });
});
