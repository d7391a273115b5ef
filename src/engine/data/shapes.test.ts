import { describe, expect, it } from 'vitest';
import { figures } from './figures';
import { drawShapes, shapes } from './shapes';
import { aroundCentre, disc, polygon } from './signedDistance';

/** Area inside a figure, from a fine grid over the square around the unit disc. */
function areaOf(inside: (x: number, y: number) => boolean): number {
  const cells = 400;
  let count = 0;
  for (let i = 0; i < cells; i++) {
    for (let j = 0; j < cells; j++) {
      if (inside((2 * (i + 0.5)) / cells - 1, (2 * (j + 0.5)) / cells - 1)) count++;
    }
  }
  return (4 * count) / cells ** 2;
}

describe('polygon', () => {
  it('is the distance to a square', () => {
    const square = polygon([
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ]);
    expect(square(0, 0)).toBeCloseTo(-1, 12);
    expect(square(0.25, 0.5)).toBeCloseTo(-0.5, 12);
    expect(square(3, 0.5)).toBeCloseTo(2, 12);
    expect(square(4, -5)).toBeCloseTo(5, 12);
    expect(square(1, 0.3)).toBeCloseTo(0, 12);
  });

  it('of many sides is a disc, whichever way it runs', () => {
    const many = aroundCentre(2000, 0.7);
    for (const round of [polygon(many), polygon(many.toReversed())]) {
      for (const [x, y] of [
        [0.1, 0.2],
        [0.6, -0.3],
        [-0.9, 0.4],
        [0, 1.5],
      ] as const) {
        expect(round(x, y)).toBeCloseTo(disc(0.7)(x, y), 5);
      }
    }
  });
});

describe('figures', () => {
  it.each(Object.entries(figures))('%s lies within the unit disc', (_, distance) => {
    for (let i = 0; i < 360; i++) {
      const angle = (i * Math.PI) / 180;
      for (const radius of [1.0001, 1.2, 2])
        expect(distance(radius * Math.cos(angle), radius * Math.sin(angle))).toBeGreaterThan(0);
    }
  });

  it.each([
    ['Circle', Math.PI * 0.9 ** 2],
    ['Square', 2],
    ['Triangle', (3 * Math.sqrt(3)) / 4],
    ['Cross', 4 * 0.3 ** 2 + 8 * 0.3 * (0.95 - 0.3)],
    ['Star', 10 * 0.5 * 0.45 * Math.sin(Math.PI / 5)],
    // A polygon of 32 corners within the curve, whose own area is 180 π.
    ['Heart', (0.985 * 180 * Math.PI) / 17 ** 2],
    ['Ring', Math.PI * (0.95 ** 2 - 0.52 ** 2)],
  ])('%s has the area of its formula', (name, area) => {
    const distance = figures[name] as (typeof figures)[string];
    expect(areaOf((x, y) => distance(x, y) < 0)).toBeCloseTo(area, 1.5);
  });

  it('Moon is open to the upper right', () => {
    const moon = figures.Moon as (typeof figures)[string];
    expect(moon(-0.6, 0.35)).toBeLessThan(0);
    expect(moon(0.6, -0.35)).toBeGreaterThan(0);
  });
});

describe('drawShapes', () => {
  const length = 16 * 16 * 3;

  it('is decided by its seed', () => {
    const once = drawShapes(64, 16, 3);
    expect(drawShapes(64, 16, 3)).toEqual(once);
    expect(drawShapes(64, 16, 4).levels).not.toEqual(once.levels);
    expect(drawShapes(32, 16, 3).levels).toEqual(once.levels.subarray(0, 32 * length));
  });

  it('draws no image twice, and every one with a figure before the sky', () => {
    const { count } = shapes;
    const { levels } = drawShapes(count, 16, 1);
    const seen = new Set<string>();
    for (let i = 0; i < count; i++) {
      const image = levels.subarray(i * length, (i + 1) * length);
      seen.add(image.join());
      let painted = 0;
      for (let pixel = 0; pixel < length; pixel += 3) {
        if (Math.max(...image.subarray(pixel, pixel + 3)) > 150) painted++;
      }
      expect(painted).toBeGreaterThan(8);
      expect(painted).toBeLessThan(150);
    }
    expect(seen.size).toBe(count);
  });

  it('keeps every figure inside: the corners are sky', () => {
    const { levels } = drawShapes(400, 16, 5);
    for (let i = 0; i < 400; i++) {
      const at = (row: number, column: number) => [
        ...levels.subarray(i * length + (row * 16 + column) * 3).subarray(0, 3),
      ];
      for (const column of [0, 15]) {
        expect(at(0, column)).toEqual([30, 31, 65]);
        expect(at(15, column)).toEqual([15, 15, 35]);
      }
    }
  });

  it('tilts: a square fills its bounding box when it stands level, and less of it when it does not', () => {
    const { levels, labels } = drawShapes(400, 16, 6);
    const square = Object.keys(figures).indexOf('Square');
    const filled = [...labels.keys()]
      .filter((i) => labels[i] === square)
      .map((i) => {
        const painted = Array.from({ length: 256 }, (_, pixel) => pixel).filter(
          (pixel) => Math.max(...levels.subarray(i * length + pixel * 3).subarray(0, 3)) > 150,
        );
        const extent = (places: number[]) => Math.max(...places) - Math.min(...places) + 1;
        const box = extent(painted.map((p) => p % 16)) * extent(painted.map((p) => Math.floor(p / 16)));
        return painted.length / box;
      });
    expect(Math.max(...filled)).toBe(1);
    expect(Math.min(...filled)).toBeLessThan(0.75);
  });

  it('takes the classes in turn: labels go 0 … 7 again and again', () => {
    expect([...drawShapes(10, 16, 1).labels]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 0, 1]);
  });
});
