import type { Random } from '../../../src/engine/training/random';
import type { Raster } from '../rasteriser';

/** How a drawing lies in its square: tilt in radians, size and shift as shares of the square. */
export interface Variation {
  tilt: number;
  size: number;
  shift: readonly [number, number];
  mirrored: boolean;
}

/** The drawing as it is, filling the square but for 1/64 on each side. */
export const upright: Variation = { tilt: 0, size: 31 / 32, shift: [0, 0], mirrored: false };

/** Another one of the same drawing: up to 8° of tilt, a little smaller, up to 1/32 aside. */
export function drawVariation(random: Random, mayMirror: boolean): Variation {
  const between = (least: number, most: number) => least + (most - least) * random.uniform();
  return {
    tilt: (between(-8, 8) * Math.PI) / 180,
    size: between(0.86, 0.98),
    shift: [between(-1 / 32, 1 / 32), between(-1 / 32, 1 / 32)],
    mirrored: mayMirror && random.uniform() < 0.5,
  };
}

/** Where a drawing has any colour: its square box, in pixels of the raster. */
export interface Box {
  centre: readonly [number, number];
  side: number;
}

/** The smallest square around all that is not almost transparent. */
export function boxOf({ pixels, width, height }: Raster): Box {
  let [left, right, top, bottom] = [width, 0, height, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if ((pixels[(y * width + x) * 4 + 3] as number) < 32) continue;
      [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y + 1)];
    }
  }
  return { centre: [(left + right) / 2, (top + bottom) / 2], side: Math.max(right - left, bottom - top) };
}

/** Samples along each side of a pixel. */
const SAMPLES = 8;

/**
 * A drawing on white, `size` pixels square, RGB bytes: the mean colour over each pixel's area, of sRGB values as they are,
 * since in linear light thin dark lines (a mouth, a clock's hand) fade at this size.
 */
export function drawOnWhite(raster: Raster, box: Box, size: number, variation: Variation): Uint8Array {
  const { tilt, shift, mirrored } = variation;
  const scale = box.side / (variation.size * size);
  const [cos, sin] = [Math.cos(tilt) * scale, Math.sin(tilt) * scale];
  const image = new Uint8Array(size * size * 3);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const sum = [0, 0, 0];
      for (let i = 0; i < SAMPLES * SAMPLES; i++) {
        const dx = column + ((i % SAMPLES) + 0.5) / SAMPLES - size / 2 - size * shift[0];
        const dy = row + (Math.floor(i / SAMPLES) + 0.5) / SAMPLES - size / 2 - size * shift[1];
        const across = mirrored ? -dx : dx;
        const x = Math.floor(box.centre[0] + cos * across + sin * dy);
        const y = Math.floor(box.centre[1] - sin * across + cos * dy);
        addColour(sum, raster, x, y);
      }
      for (let k = 0; k < 3; k++) {
        image[(row * size + column) * 3 + k] = Math.round((sum[k] as number) / (SAMPLES * SAMPLES));
      }
    }
  }
  return image;
}

function addColour(sum: number[], { pixels, width, height }: Raster, x: number, y: number): void {
  const at = (y * width + x) * 4;
  const alpha = x < 0 || y < 0 || x >= width || y >= height ? 0 : (pixels[at + 3] as number) / 255;
  for (let k = 0; k < 3; k++) {
    sum[k] =
      (sum[k] as number) + (alpha === 0 ? 255 : alpha * (pixels[at + k] as number) + (1 - alpha) * 255);
  }
}
