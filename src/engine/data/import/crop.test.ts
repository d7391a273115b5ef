import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Crop, croppedRectangle, movedWindow, smallestWindow } from './crop';
import type { Bitmap } from './pixels';
import { resample } from './resample';

const share = (min = 0) => fc.double({ min, max: 1, noNaN: true });
const anyWindow = fc.record({ x: share(), y: share(), size: share(smallestWindow) });
const side = fc.integer({ min: 1, max: 60 });
const anyCrop = fc.oneof(fc.constantFrom<Crop[]>('centre', 'padded', 'stretched'), anyWindow);

describe('the rectangle of a crop', () => {
  it('is a square inside the image for a window, and reaches its edges where that is asked', () => {
    fc.assert(
      fc.property(anyWindow, side, side, (window, width, height) => {
        const { left, top, ...size } = croppedRectangle(window, width, height);
        expect(size.width).toBe(size.height);
        expect(Math.abs(size.width - window.size * Math.min(width, height))).toBeLessThan(1);
        for (const [from, length, all] of [
          [left, size.width, width],
          [top, size.height, height],
        ] as const) {
          expect(Number.isInteger(from) && Number.isInteger(length) && length >= 1).toBe(true);
          expect(from >= 0 && from + length <= all).toBe(true);
        }
        const last = croppedRectangle({ ...window, x: 1, y: 1 }, width, height);
        expect([last.left + last.width, last.top + last.height]).toEqual([width, height]);
        expect(croppedRectangle({ ...window, x: 0, y: 0 }, width, height)).toMatchObject({ left: 0, top: 0 });
      }),
    );
  });

  it('is the largest square in the middle for the centre, and the least one around the image for padding', () => {
    fc.assert(
      fc.property(side, side, (width, height) => {
        for (const [crop, length] of [
          ['centre', Math.min(width, height)],
          ['padded', Math.max(width, height)],
        ] as const) {
          const { left, top, ...size } = croppedRectangle(crop, width, height);
          expect(size).toEqual({ width: length, height: length });
          expect(Math.abs(2 * left + length - width), 'in the middle').toBeLessThanOrEqual(1);
          expect(Math.abs(2 * top + length - height)).toBeLessThanOrEqual(1);
        }
        expect(croppedRectangle('stretched', width, height)).toEqual({ left: 0, top: 0, width, height });
      }),
    );
  });
});

it('a window moves by as many pixels as it is dragged, up to the edges, and keeps its size', () => {
  const window = { x: 0.5, y: 0.5, size: 0.5 };
  const moved = movedWindow(window, [-9, 3], 40, 20);
  expect(moved.size).toBe(0.5);
  const [before, after] = [window, moved].map((one) => croppedRectangle(one, 40, 20));
  expect([before, after]).toMatchObject([
    { left: 15, top: 5 },
    { left: 6, top: 8 },
  ]);
  expect(movedWindow(window, [-99, 99], 40, 20)).toEqual({ x: 0, y: 1, size: 0.5 });
  const full = { ...window, size: 1 };
  expect(movedWindow(full, [5, 5], 40, 20), 'where there is no room').toMatchObject({ x: 0.75, y: 0.5 });
});

/** An image whose every pixel tells its place: red is its column, green its row. */
function places(width: number, height: number): Bitmap {
  const pixels = new Uint8Array(3 * width * height);
  for (let i = 0; i < width * height; i++) pixels.set([i % width, Math.floor(i / width), 7], 3 * i);
  return { width, height, channels: 3, pixels };
}

describe('a cropped image', () => {
  it('has the very pixels of its window where none need be mixed', () => {
    fc.assert(
      fc.property(anyWindow, side, side, (window, width, height) => {
        const { left, top, width: size } = croppedRectangle(window, width, height);
        const levels = resample(places(width, height), { imageSize: size, channels: 3 }, window);
        for (let i = 0; i < size * size; i++) {
          const place = [left + (i % size), top + Math.floor(i / size), 7];
          expect([...levels.subarray(3 * i, 3 * i + 3)]).toEqual(place);
        }
      }),
    );
  });

  it('stays even where the image is, whatever the crop', () => {
    fc.assert(
      fc.property(anyCrop, side, side, fc.nat(255), (crop, width, height, level) => {
        const pixels = new Uint8Array(width * height).fill(level);
        const levels = resample({ width, height, channels: 1, pixels }, { imageSize: 8, channels: 1 }, crop);
        expect(levels.every((value) => value === level)).toBe(true);
      }),
    );
  });

  it('is padded with the mean colour of the two edges that the padding adjoins', () => {
    // Two rows of four: the padding lies above and below.
    const wide: Bitmap = {
      width: 4,
      height: 2,
      channels: 1,
      pixels: Uint8Array.of(0, 0, 100, 100, 200, 200, 200, 0),
    };
    const padded = resample(wide, { imageSize: 4, channels: 1 }, 'padded');
    const rows = [0, 4, 8, 12].map((at) => [...padded.subarray(at, at + 4)]);
    expect(rows).toEqual([
      [100, 100, 100, 100],
      [0, 0, 100, 100],
      [200, 200, 200, 0],
      [100, 100, 100, 100],
    ]);
    // The padding lies left and right.
    const tall: Bitmap = {
      width: 1,
      height: 4,
      channels: 3,
      pixels: Uint8Array.from([10, 20, 30, 10, 20, 30, 10, 20, 30, 50, 60, 70]),
    };
    const levels = resample(tall, { imageSize: 1, channels: 3 }, 'padded');
    expect([...levels], 'the mean of image and padding').toEqual([20, 30, 40]);
  });

  it('is stretched: each axis on its own', () => {
    const wide: Bitmap = {
      width: 4,
      height: 2,
      channels: 1,
      pixels: Uint8Array.of(0, 10, 20, 30, 5, 15, 25, 35),
    };
    expect([...resample(wide, { imageSize: 2, channels: 1 }, 'stretched')]).toEqual([5, 25, 10, 30]);
  });
});
