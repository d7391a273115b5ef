import { expect, it } from 'vitest';
import { Random } from '../../../src/engine/training/random';
import type { Raster } from '../rasteriser';
import { boxOf, drawOnWhite, drawVariation, upright } from './variation';

/** A red bar, 40 wide and 80 high, at the left of a transparent square of 100; its lower half is blue. */
function bar(): Raster {
  const pixels = new Uint8Array(100 * 100 * 4);
  for (let y = 10; y < 90; y++) {
    for (let x = 5; x < 45; x++) pixels.set(y < 50 ? [255, 0, 0, 255] : [0, 0, 255, 255], (y * 100 + x) * 4);
  }
  return { pixels, width: 100, height: 100 };
}

const colour = (image: Uint8Array, row: number, column: number) => [
  ...image.subarray((row * 8 + column) * 3, (row * 8 + column) * 3 + 3),
];

it('finds the square box, and fills the image with it on white', () => {
  const box = boxOf(bar());
  expect(box).toEqual({ centre: [25, 50], side: 80 });
  const image = drawOnWhite(bar(), box, 8, { ...upright, size: 1 });
  expect(colour(image, 0, 3)).toEqual([255, 0, 0]);
  expect(colour(image, 7, 4)).toEqual([0, 0, 255]);
  expect([colour(image, 4, 0), colour(image, 4, 7)]).toEqual([
    [255, 255, 255],
    [255, 255, 255],
  ]);
});

it('turns by a right angle, shifts and mirrors', () => {
  const box = boxOf(bar());
  const turned = drawOnWhite(bar(), box, 8, { ...upright, size: 1, tilt: Math.PI / 2 });
  expect(colour(turned, 0, 4)).toEqual([255, 255, 255]);
  expect(colour(turned, 4, 7)).toEqual([255, 0, 0]);
  const mirrored = drawOnWhite(bar(), box, 8, { ...upright, size: 1, tilt: Math.PI / 2, mirrored: true });
  expect(colour(mirrored, 4, 7)).toEqual([0, 0, 255]);
  const half = drawOnWhite(bar(), box, 8, { ...upright, size: 1, shift: [0, 1 / 16] });
  expect(colour(half, 0, 3)).toEqual([255, 128, 128]);
});

it('keeps variations small, and mirrors only what may be', () => {
  const random = new Random(3);
  for (let i = 0; i < 200; i++) {
    const { tilt, size, shift, mirrored } = drawVariation(random, false);
    expect(Math.abs(tilt)).toBeLessThanOrEqual(0.14);
    expect(size).toBeGreaterThanOrEqual(0.86);
    expect(size + 2 * Math.max(...shift.map(Math.abs))).toBeLessThan(1.06);
    expect(mirrored).toBe(false);
  }
});
