import type { Dataset } from './dataset';
import { type HeldOut, holdOut } from './holdOut';

/**
 * Of every data set this share of each class is held out, and the seed says which images: the same ones for everybody.
 * Of one with fewer images than `least` nothing is: there are too few to judge by.
 */
export const split = { share: 0.1, seed: 1, least: 100 } as const;

const known = new WeakMap<Float32Array, HeldOut>();

/** What a model learns from, and what it never sees, which may be nothing; made once for the images of a data set. */
export function splitOf(dataset: Dataset): HeldOut {
  const before = known.get(dataset.images);
  if (before) return before;
  const parts =
    heldOutCount(dataset) === 0
      ? {
          training: dataset,
          heldOut: { ...dataset, images: new Float32Array(), labels: new Uint8Array(), count: 0 },
        }
      : holdOut(dataset, split.share, split.seed);
  known.set(dataset.images, parts);
  return parts;
}

function heldOutCount({ count, labels, classNames }: Dataset): number {
  if (count < split.least) return 0;
  const members = classNames.map(() => 0);
  for (const label of labels) members[label] = (members[label] ?? 0) + 1;
  return members.reduce((sum, all) => sum + Math.round(split.share * all), 0);
}

/**
 * So many images splitOf leaves to learn from at least, before they are there to be counted: of each class its share is
 * held out, rounded to whole images.
 */
export function leastTrainingCount({ count, classNames }: Pick<Dataset, 'count' | 'classNames'>): number {
  return count < split.least ? count : Math.floor((1 - split.share) * count - classNames.length / 2);
}

/** And so many it holds out at least. */
export function leastHeldOutCount({ count, classNames }: Pick<Dataset, 'count' | 'classNames'>): number {
  return count < split.least ? 0 : Math.max(0, Math.floor(split.share * count - classNames.length / 2));
}
