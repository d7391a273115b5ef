import type { Random } from '../training/random';
import type { BatchSource } from '../training/trainer';

/** Changes that leave an image one of its kind; every batch draws them anew. */
export interface Augmentation {
  /** Left and right, top and bottom may be exchanged. */
  flipAcross: boolean;
  flipDown: boolean;
  /** Furthest shift along each axis, pixels; the edge fills what comes into sight. */
  shift: number;
}

export const noAugmentation: Augmentation = { flipAcross: false, flipDown: false, shift: 0 };

/** The most that images of a size may be shifted by. */
export function largestShift(imageSize: number): number {
  return Math.floor(imageSize / 4);
}

/**
 * The batches of `source` with each image changed by chance: a flip with probability ½, shifts uniform on −k … k. The
 * random state decides all, so a resumed training sees the images that it would have seen; nothing to change draws nothing.
 */
export function augmentedSource(
  source: BatchSource,
  { imageSize, channels }: { imageSize: number; channels: number },
  augmentation: Augmentation,
): BatchSource {
  const { flipAcross, flipDown, shift } = augmentation;
  if (!flipAcross && !flipDown && shift === 0) return source;
  const length = imageSize * imageSize * channels;
  return (random, batchSize) => {
    const { images, ...rest } = source(random, batchSize);
    const changed = new Float32Array(images.length);
    for (let start = 0; start < images.length; start += length) {
      const columns = places(imageSize, flipAcross, shift, random);
      const rows = places(imageSize, flipDown, shift, random);
      let at = start;
      for (const row of rows) {
        for (const column of columns) {
          const from = start + (row * imageSize + column) * channels;
          for (let channel = 0; channel < channels; channel++)
            changed[at++] = images[from + channel] as number;
        }
      }
    }
    return { images: changed, ...rest };
  };
}

/** Along one axis: where the value of each place comes from. */
function places(size: number, mayFlip: boolean, shift: number, random: Random): number[] {
  const flipped = mayFlip && random.uniform() < 0.5;
  const moved = shift === 0 ? 0 : Math.floor(random.uniform() * (2 * shift + 1)) - shift;
  return Array.from({ length: size }, (_, place) => {
    const from = Math.max(0, Math.min(size - 1, place - moved));
    return flipped ? size - 1 - from : from;
  });
}
