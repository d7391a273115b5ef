import { expect, it } from 'vitest';
import { frameAndHalve } from './frameAndHalve';

it('frames by one pixel to 6×6 and takes the mean of every 2×2, rounded half up', () => {
  const image = [
    [10, 20, 30, 40],
    [50, 60, 71, 80],
    [90, 100, 110, 120],
    [130, 140, 150, 161],
  ].flat();
  const second = image.map((level) => 255 - level);
  const reduced = frameAndHalve(Uint8Array.from([...image, ...second]), 4, 3);
  // A corner alone in its 2×2 counts a quarter: 10/4 = 2.5, 161/4 = 40.25.
  expect([...reduced.subarray(0, 9)]).toEqual([3, 13, 10, 35, 85, 50, 33, 73, 40]);
  expect([...reduced.subarray(9)]).toEqual([61, 115, 54, 93, 170, 78, 31, 55, 24]);
});

it('refuses a frame of half a pixel, and an image too large', () => {
  expect(() => frameAndHalve(new Uint8Array(9), 3, 3)).toThrow('cannot be framed evenly to 6');
  expect(() => frameAndHalve(new Uint8Array(64), 8, 3)).toThrow('cannot be framed evenly to 6');
});
