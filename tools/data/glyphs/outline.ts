/** The part of opentype.js that is used here. */
export interface Outline {
  getBoundingBox(): { x1: number; y1: number; x2: number; y2: number };
  toPathData(decimals: number): string;
}

export interface Font {
  /** Of one letter, the size being that of the em; y goes down. */
  getPath(text: string, x: number, y: number, size: number): Outline;
  charToGlyphIndex(character: string): number;
}

/** Letters as high as an H have this share of the square's side; and none has more than the second along any side. */
const share = { height: 12 / 16, most: 15 / 16 };

/**
 * SVG of a letter, white on black, in the middle of a square of `side`. All letters of a font have one scale, in which H is
 * three quarters as high as the square; only those that would leave it then are smaller.
 */
export function letterSvg(font: Font, letter: string, side: number): string {
  const em = 1000;
  const capital = font.getPath('H', 0, 0, em).getBoundingBox();
  const box = font.getPath(letter, 0, 0, em).getBoundingBox();
  const [width, height] = [box.x2 - box.x1, box.y2 - box.y1];
  if (font.charToGlyphIndex(letter) === 0 || !(width > 0 && height > 0)) {
    throw new Error(`The font has no ${letter}.`);
  }
  const scale =
    side * Math.min(share.height / (capital.y2 - capital.y1), share.most / width, share.most / height);
  const [x, y] = [(box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2];
  const path = font.getPath(letter, -x * scale, -y * scale, em * scale);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"><rect width="100%" height="100%"/>` +
    `<path fill="#fff" transform="translate(${side / 2} ${side / 2})" d="${path.toPathData(3)}"/></svg>`
  );
}
