import { encode } from 'fast-png';

export type Colour = readonly [red: number, green: number, blue: number];

/** Digits and the few signs of numbers, each 3 pixels wide and 5 high, a number of three bits a row. */
const glyphs: Readonly<Record<string, readonly number[]>> = {
  ...{ '0': [7, 5, 5, 5, 7], '1': [2, 6, 2, 2, 7], '2': [7, 1, 7, 4, 7], '3': [7, 1, 7, 1, 7] },
  ...{ '4': [5, 5, 7, 1, 1], '5': [7, 4, 7, 1, 7], '6': [7, 4, 7, 5, 7], '7': [7, 1, 1, 2, 2] },
  ...{ '8': [7, 5, 7, 5, 7], '9': [7, 5, 7, 1, 7], '.': [0, 0, 0, 0, 2], '-': [0, 0, 7, 0, 0] },
  ...{ e: [7, 5, 7, 4, 7], '+': [0, 2, 7, 2, 0] },
};
/** Pixels a side of a pixel of a glyph. */
const GLYPH = 2;

/** A picture to draw plots on, white at first. */
export class Canvas {
  readonly #data: Uint8Array;

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.#data = new Uint8Array(width * height * 3).fill(255);
  }

  fill(left: number, top: number, width: number, height: number, colour: Colour): void {
    for (let y = Math.max(0, top); y < Math.min(this.height, top + height); y++)
      for (let x = Math.max(0, left); x < Math.min(this.width, left + width); x++)
        this.#data.set(colour, 3 * (y * this.width + x));
  }

  /** A line through points, `thick` pixels wide; `dash`: lengths of strokes and gaps in turn. */
  line(
    points: readonly (readonly [x: number, y: number])[],
    colour: Colour,
    thick: number,
    dash: readonly number[],
  ) {
    const period = dash.reduce((sum, length) => sum + length, 0);
    let walked = 0;
    for (let i = 1; i < points.length; i++) {
      const [[x0, y0], [x1, y1]] = [points[i - 1], points[i]] as [[number, number], [number, number]];
      const length = Math.hypot(x1 - x0, y1 - y0);
      const steps = Math.max(1, Math.ceil(length));
      for (let k = 0; k <= steps; k++) {
        if (isGap(dash, (walked + (length * k) / steps) % (period || 1))) continue;
        const [x, y] = [x0 + ((x1 - x0) * k) / steps, y0 + ((y1 - y0) * k) / steps];
        this.fill(Math.round(x - thick / 2), Math.round(y - thick / 2), thick, thick, colour);
      }
      walked += length;
    }
  }

  /** A number as text, whose right end is at x, or its middle. */
  number(text: string, x: number, top: number, colour: Colour, align: 'right' | 'middle'): void {
    const width = (4 * text.length - 1) * GLYPH;
    const left = Math.round(align === 'right' ? x - width : x - width / 2);
    Array.from(text).forEach((character, i) => {
      glyphs[character]?.forEach((bits, row) => {
        for (let column = 0; column < 3; column++)
          if (bits & (4 >> column))
            this.fill(left + (4 * i + column) * GLYPH, top + row * GLYPH, GLYPH, GLYPH, colour);
      });
    });
  }

  png(): Uint8Array {
    const { width, height } = this;
    return encode({ width, height, data: this.#data, channels: 3, depth: 8 });
  }
}

function isGap(dash: readonly number[], at: number): boolean {
  let end = 0;
  for (const [i, length] of dash.entries()) {
    end += length;
    if (at < end) return i % 2 === 1;
  }
  return false;
}
