import { expect, it } from 'vitest';
import { meansOf } from './images';

it('takes the mean of every square', () => {
  const red = [0, 10, 200, 255, 20, 31, 255, 255];
  const pixels = Uint8Array.from(red.flatMap((level) => [level, 7, 7, 255]));
  expect([...meansOf({ pixels, width: 4, height: 2 }, 2)]).toEqual([15, 241]);
});
