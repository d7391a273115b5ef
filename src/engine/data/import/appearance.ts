import type { Bitmap } from './pixels';

/** What is behind transparent images; `auto` is white where what they show is dark, else black. */
export type Background = 'auto' | 'black' | 'white';

/** How the pixels of images are taken, whatever their files are. */
export interface PixelChoices {
  background: Background;
  /** Swaps black and white. */
  invert: boolean;
  /** Swaps rows and columns: EMNIST lies on its side. */
  transpose: boolean;
}

/** Rows become columns. */
export function transposed({ width, height, channels, pixels }: Bitmap): Bitmap {
  const turned = new Uint8Array(pixels.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let channel = 0; channel < channels; channel++)
        turned[(x * height + y) * channels + channel] = pixels[
          (y * width + x) * channels + channel
        ] as number;
  return { width: height, height: width, channels, pixels: turned };
}

/** Counts what transparent images show: whether they are put on white by `auto`. */
export class ShownLight {
  #opacity = 0;
  #light = 0;

  add({ channels, pixels }: Bitmap): void {
    if (channels !== 4) return;
    for (let at = 0; at < pixels.length; at += 4) {
      const opacity = (pixels[at + 3] as number) / 255;
      const [red, green, blue] = [pixels[at] as number, pixels[at + 1] as number, pixels[at + 2] as number];
      this.#opacity += opacity;
      this.#light += (opacity * (0.299 * red + 0.587 * green + 0.114 * blue)) / 255;
    }
  }

  isOnWhite(background: Background): boolean {
    return background === 'white' || (background === 'auto' && this.#light < 0.5 * this.#opacity);
  }
}

/** An image as it will look, before it is cropped: on its background, opaque. */
export function asChosen(bitmap: Bitmap, onWhite: boolean, { invert, transpose }: PixelChoices): Bitmap {
  const { width, height, channels, pixels } = transpose ? transposed(bitmap) : bitmap;
  const kept = channels === 4 ? 3 : channels;
  const levels = new Uint8Array(width * height * kept);
  for (let i = 0; i < width * height; i++) {
    const opacity = channels === 4 ? (pixels[4 * i + 3] as number) / 255 : 1;
    for (let channel = 0; channel < kept; channel++) {
      const level =
        opacity * (pixels[i * channels + channel] as number) + (onWhite ? 255 * (1 - opacity) : 0);
      levels[i * kept + channel] = Math.round(invert ? 255 - level : level);
    }
  }
  return { width, height, channels: kept, pixels: levels };
}
