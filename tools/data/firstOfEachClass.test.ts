import { expect, it } from 'vitest';
import { firstOfEachClass } from './firstOfEachClass';

const labels = Uint8Array.from([1, 1, 0, 1, 0, 0]);
const levels = Uint8Array.from(labels, (_, i) => 10 * i);

it('takes as many of each class, the first ones, in the order of the whole', () => {
  const found = firstOfEachClass({ levels, labels }, 1, { count: 4, classNames: ['a', 'b'] });
  expect([...found.labels]).toEqual([1, 1, 0, 0]);
  expect([...found.levels]).toEqual([0, 10, 20, 40]);
});

it('refuses where a class has too few', () => {
  const asked = { count: 8, classNames: ['a', 'b'] };
  expect(() => firstOfEachClass({ levels, labels }, 1, asked)).toThrow('Not every class has 4 images.');
});
