import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brushCells, lineCells, strokeIndices } from './strokes';

const cellOf = fc.record({ x: fc.integer({ min: 0, max: 27 }), y: fc.integer({ min: 0, max: 27 }) });

describe('a stroke', () => {
  it('leaves no gap, however fast the pointer moves', () => {
    fc.assert(
      fc.property(cellOf, cellOf, (from, to) => {
        const cells = lineCells(from, to);
        expect([cells[0], cells.at(-1)]).toEqual([from, to]);
        for (const [i, { x, y }] of cells.slice(1).entries()) {
          const before = cells[i] as (typeof cells)[0];
          expect(Math.max(Math.abs(x - before.x), Math.abs(y - before.y))).toBe(1);
        }
      }),
    );
  });

  it('stays inside the image, and covers each pixel once', () => {
    fc.assert(
      fc.property(cellOf, cellOf, fc.integer({ min: 1, max: 5 }), (from, to, width) => {
        const indices = strokeIndices(from, to, width, 28);
        expect(new Set(indices).size).toBe(indices.length);
        for (const index of indices) expect(index >= 0 && index < 28 * 28).toBe(true);
        expect(indices).toContain(to.y * 28 + to.x);
      }),
    );
  });
});

it.each([
  [1, 1],
  [2, 4],
  [3, 5],
  [4, 12],
])('a brush %d wide covers %d pixels', (width, count) => {
  expect(brushCells({ x: 10, y: 10 }, width, 28).length).toBe(count);
});
