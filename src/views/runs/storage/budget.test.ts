import { expect, test } from 'vitest';
import { beyondBudget } from './budget';

const kept = (id: string, updatedAt: number, more = {}) => ({
  id,
  updatedAt,
  pinned: false,
  bytes: 10,
  checkpointBytes: 100,
  ...more,
});
const all = [kept('c', 3), kept('a', 1), kept('pinned', 0, { pinned: true }), kept('b', 2)];

test('what fits stays', () => {
  expect(beyondBudget(all, { runs: 4, bytes: 40, checkpointBytes: 400 })).toEqual({
    runs: [],
    checkpoints: [],
  });
});

test('the oldest go first, the pinned never', () => {
  expect(beyondBudget(all, { runs: 2, bytes: 40, checkpointBytes: 400 }).runs).toEqual(['a', 'b']);
  expect(beyondBudget(all, { runs: 9, bytes: 25, checkpointBytes: 400 }).runs).toEqual(['a', 'b']);
  expect(beyondBudget(all, { runs: 0, bytes: 0, checkpointBytes: 0 }).runs).toEqual(['a', 'b', 'c']);
});

test('a run that stays may lose its checkpoint', () => {
  expect(beyondBudget(all, { runs: 3, bytes: 40, checkpointBytes: 200 })).toEqual({
    runs: ['a'],
    checkpoints: ['b'],
  });
});
