import type { Random } from '../training/random';
import type { BatchSource } from '../training/trainer';
import { type Augmentation, augmentedSource, noAugmentation } from './augmentation';
import { type Dataset, levelsOf } from './dataset';

/**
 * Batches of a data set: every set of batchSize different images is equally likely. A batch depends on the random
 * state alone, so a resumed training draws the batches that it would have drawn.
 */
export function batchSource(dataset: Dataset, augmentation: Augmentation = noAugmentation): BatchSource {
  const asTheyAre: BatchSource = (random, batchSize) =>
    pick(dataset, drawDistinct(random, batchSize, dataset.count));
  return augmentedSource(asTheyAre, dataset, augmentation);
}

/**
 * `count` different whole numbers of 0 … below − 1, every set of them equally likely (Floyd's algorithm, Bentley 1987):
 * one random number each, however large `below` is. Throws where there are not that many.
 */
export function drawDistinct(random: Random, count: number, below: number): number[] {
  if (!Number.isInteger(count) || count < 0 || count > below) {
    throw new Error(`${count} different images cannot be drawn from ${below}.`);
  }
  const drawn = new Set<number>();
  for (let last = below - count; last < below; last++) {
    const index = Math.floor(random.uniform() * (last + 1));
    drawn.add(drawn.has(index) ? last : index);
  }
  return [...drawn];
}

/** The images at some indices, copied in that order, with their labels. */
export function pick(
  { images, labels, imageSize, channels, white }: Dataset,
  indices: readonly number[],
): { images: Float32Array; labels: Uint8Array; levels: number } {
  const length = imageSize * imageSize * channels;
  const picked = {
    images: new Float32Array(indices.length * length),
    labels: new Uint8Array(indices.length),
    levels: levelsOf({ white }),
  };
  indices.forEach((index, i) => {
    picked.images.set(images.subarray(index * length, (index + 1) * length), i * length);
    picked.labels[i] = labels[index] as number;
  });
  return picked;
}
