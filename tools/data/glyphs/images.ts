import type { Images } from '../../../src/engine/data/dataset';
import { glyphs } from '../../../src/engine/data/glyphs';
import { type Raster, rasteriser } from '../rasteriser';
import { type Family, families } from './fonts';
import { letterSvg } from './outline';

/** Pixels of a letter for one of the image's, along each side. */
const FINER = 8;

/** Every letter in every font, all letters of a font together. */
export async function glyphsImages(): Promise<{ images: Images; drawn: Family[] }> {
  const rasterise = await rasteriser();
  const drawn = await families();
  const { classNames, imageSize } = glyphs;
  const side = imageSize * FINER;
  const all = drawn.flatMap(({ name, fonts }) =>
    fonts.flatMap((font) =>
      classNames.map((letter) => {
        try {
          return meansOf(rasterise(letterSvg(font, letter, side), side), FINER);
        } catch (error) {
          throw new Error(`${name} cannot be drawn: ${String(error)}`, { cause: error });
        }
      }),
    ),
  );
  const levels = new Uint8Array(all.length * imageSize * imageSize);
  all.forEach((image, i) => {
    levels.set(image, i * image.length);
  });
  const labels = Uint8Array.from(all, (_, i) => i % classNames.length);
  return { images: { levels, labels }, drawn };
}

/** The red of a raster, as the mean over squares of `side` pixels. */
export function meansOf({ pixels, width, height }: Raster, side: number): Uint8Array {
  const [columns, rows] = [width / side, height / side];
  const means = new Uint8Array(rows * columns);
  for (let i = 0; i < means.length; i++) {
    const [top, left] = [Math.floor(i / columns) * side, (i % columns) * side];
    let sum = 0;
    for (let y = top; y < top + side; y++) {
      for (let x = left; x < left + side; x++) sum += pixels[(y * width + x) * 4] as number;
    }
    means[i] = Math.round(sum / (side * side));
  }
  return means;
}
