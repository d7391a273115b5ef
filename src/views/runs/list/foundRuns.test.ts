import { expect, test } from 'vitest';
import { madeRun } from '../testing/madeRun';
import { foundRuns } from './foundRuns';

const kept = (id: string, more: Parameters<typeof madeRun>[0] = {}) => {
  const { facts } = madeRun({ id, name: `Digits ${id}`, ...more });
  return { id, name: facts.name, facts, checkpoint: null, bytes: 1 };
};
const differs = [{ path: 'training.learningRate', before: 0.002, after: 0.001 }];
const runs = [kept('3'), kept('2', { pinned: true }), kept('1', { title: 'Shapes', differs })];
const found = (search: string) => foundRuns(runs, search).map(({ id }) => id);

test('finds runs by name, data set and changed setting, pinned ones first', () => {
  expect(found('')).toEqual(['2', '3', '1']);
  expect(found('  DIGITS 3')).toEqual(['3']);
  expect(found('shapes')).toEqual(['1']);
  expect(found('learning rate 0.001')).toEqual(['1']);
  expect(found('cats')).toEqual([]);
});

test('a run that cannot be read is found by its name', () => {
  const lost = { id: 'x', name: 'Unreadable run', facts: null, checkpoint: null, bytes: 0, damage: 'lost' };
  expect(foundRuns([lost], 'unreadable')).toEqual([lost]);
});
