import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import { gridPng } from './imageGrid';

test('a grid draws RGB images enlarged, side by side, on grey', () => {
  const [red, blue] = [
    [1, -1, -1],
    [-1, -1, 5],
  ];
  const size = 28;
  const plain = (colour: number[]) => Array.from({ length: size * size }, () => colour).flat();
  const images = Float32Array.from([...plain(red as number[]), ...plain(blue as number[])]);
  const { width, height, channels, data } = decode(gridPng({ images, count: 2, size, channels: 3 }));
  // Each pixel is drawn as 2×2; the gaps are as wide.
  expect({ width, height, channels }).toEqual({ width: 2 * 58 + 2, height: 58 + 2, channels: 3 });
  const at = (x: number, y: number) => [...data.slice((y * width + x) * 3, (y * width + x) * 3 + 3)];
  expect(at(0, 0)).toEqual([32, 32, 32]);
  for (const [x, y] of [
    [2, 2],
    [57, 57],
  ] as const)
    expect(at(x, y)).toEqual([255, 0, 0]);
  expect(at(58, 30)).toEqual([32, 32, 32]);
  expect(at(60, 2)).toEqual([0, 0, 255]);
});
