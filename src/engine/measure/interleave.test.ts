import { describe, expect, test } from 'vitest';
import { timeInterleaved } from './interleave';
import { spreadOf } from './spread';

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
      if (wait) await new Promise((resolve) => setTimeout(resolve, wait));
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
