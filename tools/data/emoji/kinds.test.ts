import { expect, it } from 'vitest';
import { emoji } from '../../../src/engine/data/emoji';
import { kinds } from './kinds';

it('are the classes of the data set in their order, and share no emoji', () => {
  expect(Object.keys(kinds)).toEqual(emoji.classNames);
  const names = Object.values(kinds).flatMap((kind) => kind.emoji);
  expect(new Set(names).size).toBe(names.length);
});
