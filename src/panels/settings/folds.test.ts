import { expect, test } from 'vitest';
import { createFolds } from './folds';

function visit(entries: Map<string, string>) {
  return createFolds({
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
  }).getState;
}

test('what was opened is open on the next visit, and what was folded is not', () => {
  const entries = new Map<string, string>();
  const first = visit(entries);
  expect(first().open).toEqual([]);
  first().setOpen('run', true);
  first().setOpen('network', true);
  first().setOpen('run', true);
  expect(visit(entries)().open).toEqual(['network', 'run']);
  visit(entries)().setOpen('network', false);
  expect(visit(entries)().open).toEqual(['run']);
});

test.each(['', 'no json', '{"open":1}', '[1]', 'null'])(
  'an entry %j that cannot be read folds all',
  (entry) => {
    expect(visit(new Map([['folds', entry]]))().open).toEqual([]);
  },
);

test('a storage that is full keeps nothing, and the group opens', () => {
  const { getState } = createFolds({
    getItem: () => null,
    setItem: () => {
      throw new Error('full');
    },
  });
  getState().setOpen('run', true);
  expect(getState().open).toEqual(['run']);
});
