import { expect, it } from 'vitest';
import { type Font, letterSvg } from './outline';

/** A font whose letters are boxes: width and height as shares of the em, and how far below the line they reach. */
function boxes(letters: Record<string, [width: number, height: number, below: number]>): Font {
  return {
    charToGlyphIndex: (character) => Object.keys(letters).indexOf(character) + 1,
    getPath(text, x, y, size) {
      const [width, height, below] = (letters[text] ?? [0, 0, 0]).map((value) => value * size) as [
        number,
        number,
        number,
      ];
      const box = { x1: x, x2: x + width, y1: y + below - height, y2: y + below };
      return { getBoundingBox: () => box, toPathData: () => JSON.stringify(box) };
    },
  };
}

const pathOf = (svg: string) =>
  JSON.parse(/d="(.*)"\/>/.exec(svg)?.[1] ?? '') as Record<'x1' | 'x2' | 'y1' | 'y2', number>;

it('puts letters into the middle, H three quarters as high as the square', () => {
  const font = boxes({ H: [0.5, 0.7, 0], Q: [0.6, 0.8, 0.1] });
  const h = pathOf(letterSvg(font, 'H', 16));
  expect(h.y1).toBeCloseTo(-6);
  expect(h.y2).toBeCloseTo(6);
  expect(h.x1 + h.x2).toBeCloseTo(0);
  const q = pathOf(letterSvg(font, 'Q', 16));
  expect(q.y2 - q.y1).toBeCloseTo((12 * 0.8) / 0.7);
  expect(q.y1 + q.y2).toBeCloseTo(0);
});

it('makes only those smaller that would leave the square, and refuses a letter that is not there', () => {
  const font = boxes({ H: [0.5, 0.7, 0], W: [1.4, 0.7, 0] });
  const w = pathOf(letterSvg(font, 'W', 16));
  expect(w.x2 - w.x1).toBeCloseTo(15);
  expect(w.y2 - w.y1).toBeCloseTo(7.5);
  expect(() => letterSvg(font, 'A', 16)).toThrow('has no A');
});
