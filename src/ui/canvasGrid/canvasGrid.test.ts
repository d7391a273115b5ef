import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classesOfColumns, columnsOf } from '../../engine/data/columnsOf';
import { imageBytes } from '../../engine/data/imageBytes';
import { gridLayout, imageCorner } from './gridLayout';
import { imagesToRgba } from './images';
import { moveInGrid } from './moveInGrid';

describe('imagesToRgba', () => {
  it('takes −1 for black and 1 for white, clips what lies beyond, and draws NaN black', () => {
    const images = Float32Array.of(-1, 0, 1, 7, -7, Number.NaN);
    const rgba = imagesToRgba({ images, count: 6, size: 1, channels: 1 }, 6);
    expect([...rgba.filter((_, i) => i % 4 === 0)]).toEqual([0, 128, 255, 255, 0, 0]);
    expect([...rgba.filter((_, i) => i % 4 === 3)]).toEqual([255, 255, 255, 255, 255, 255]);
  });

  it('puts every value of every image where the columns say, grey in all three, RGB each in its own', () => {
    const sizes = fc.record({
      count: fc.integer({ min: 1, max: 9 }),
      columns: fc.integer({ min: 1, max: 5 }),
      size: fc.integer({ min: 1, max: 4 }),
      channels: fc.constantFrom(1, 3),
    });
    fc.assert(
      fc.property(sizes, fc.infiniteStream(fc.nat(255)), ({ count, columns, size, channels }, values) => {
        const length = count * size * size * channels;
        const bytes = Uint8ClampedArray.from(values.take(length));
        const rgba = imagesToRgba({ images: bytes, count, size, channels }, columns);
        expect(rgba.length).toBe(columns * size * Math.ceil(count / columns) * size * 4);
        for (let i = 0; i < length; i++) {
          const c = i % channels;
          const pixel = Math.floor(i / channels);
          const [x, y] = [pixel % size, Math.floor(pixel / size) % size];
          const image = Math.floor(pixel / size ** 2);
          const column = (image % columns) * size + x;
          const row = Math.floor(image / columns) * size + y;
          const at = (row * columns * size + column) * 4;
          for (const channel of channels === 1 ? [0, 1, 2] : [c]) expect(rgba[at + channel]).toBe(bytes[i]);
          expect(rgba[at + 3]).toBe(255);
        }
        const opaque = rgba.filter((value, i) => i % 4 === 3 && value === 255).length;
        expect(opaque).toBe(count * size * size);
      }),
    );
  });

  it('draws recorded bytes exactly as the values they were made of', () => {
    const images = Float32Array.from({ length: 501 }, (_, i) => (i - 250) / 200);
    const [count, size, channels] = [501, 1, 1];
    const bytes = imageBytes(images);
    expect(imagesToRgba({ images: bytes, count, size, channels }, 501)).toEqual(
      imagesToRgba({ images, count, size, channels }, 501),
    );
  });
});

describe('gridLayout', () => {
  it('fills its width to the pixel, keeps images apart, and takes a whole factor where that uses the room', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 200, max: 3000 }),
        fc.integer({ min: 2, max: 12 }),
        fc.integer({ min: 1, max: 100 }),
        fc.constantFrom(8, 16, 28, 32),
        fc.integer({ min: 1, max: 12 }),
        (width, columns, count, size, leastGap) => {
          const layout = gridLayout(width, columns, count, size, leastGap);
          const { side, gap, height } = layout;
          const room = (width - leastGap * (columns - 1)) / columns;
          expect(side % size === 0 || side === Math.floor(room)).toBe(true);
          expect(side).toBeGreaterThan(0.87 * room - 1);
          expect(gap).toBeGreaterThanOrEqual(leastGap);
          const corners = Array.from({ length: count }, (_, i) => imageCorner(layout, i));
          corners.forEach(([x, y], i) => {
            expect(Number.isInteger(x) && Number.isInteger(y)).toBe(true);
            expect(y + side).toBeLessThanOrEqual(height);
            if (i % columns === columns - 1) expect(x + side).toBe(width);
            const next = corners[i + 1];
            if (next && next[1] === y) expect([gap, gap + 1]).toContain(next[0] - x - side);
          });
        },
      ),
    );
  });

  it('enlarges 8 pixels sixfold in a room of 53, but 28 pixels to the full room', () => {
    expect(gridLayout(12 * 53, 12, 48, 8, 0).side).toBe(48);
    expect(gridLayout(12 * 53, 12, 48, 28, 0).side).toBe(53);
  });
});

describe('columnsOf', () => {
  it.each([
    [16, 0, 4],
    [17, 0, 5],
    [16, 10, 5],
    [60, 10, 10],
    [16, 8, 8],
    [40, 10, 10],
    [39, 13, 13],
    [52, 26, 13],
    [1, 10, 1],
    [16, 7, 7],
    [16, 97, 4],
  ])('%d images of %d classes in turn have %d columns', (count, nClasses, columns) => {
    expect(columnsOf(count, nClasses)).toBe(columns);
  });
});

it('a column has the classes that its images take in turn', () => {
  expect(classesOfColumns(3, 3)).toEqual([[0], [1], [2]]);
  expect(classesOfColumns(2, 4)).toEqual([
    [0, 2],
    [1, 3],
  ]);
  expect(classesOfColumns(4, 10), 'no class has a column of its own').toEqual([]);
});

describe('moveInGrid', () => {
  it.each([
    ['right', 0, 1],
    ['left', 0, 0],
    ['down', 1, 5],
    ['down', 8, 8],
    ['up', 5, 1],
    ['first', 7, 0],
    ['last', 2, 9],
  ] as const)('%s from %d of ten in rows of four leads to %s', (move, from, to) => {
    expect(moveInGrid(move, from, 4, 10)).toBe(to);
  });
});
