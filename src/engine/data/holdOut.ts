import { Random } from '../training/random';
import { drawDistinct, pick } from './batches';
import type { Dataset } from './dataset';

export interface HeldOut {
  training: Dataset;
  /** Never shown to the model: to judge it by. */
  heldOut: Dataset;
}

/**
 * Splits off a share of every class (0 < share < 1, rounded to whole images), so that both parts have the classes in
 * the proportion of the whole. The seed decides which; the order of the data is kept. Throws where a part were empty.
 */
export function holdOut(dataset: Dataset, share: number, seed: number): HeldOut {
  if (!(share > 0 && share < 1)) {
    throw new Error(`The share to hold out must be above 0 and below 1, not ${share}.`);
  }
  const random = new Random(seed);
  const out = new Set<number>();
  dataset.classNames.forEach((_, label) => {
    const members = indicesOf(dataset.labels, label);
    const count = Math.round(share * members.length);
    for (const position of drawDistinct(random, count, members.length)) out.add(members[position] as number);
  });
  if (out.size === 0 || out.size === dataset.count) {
    throw new Error(
      `A share of ${share} of ${dataset.count} images leaves one part empty: take one nearer to 0.5.`,
    );
  }
  const all = Array.from(dataset.labels, (_, index) => index);
  return {
    training: subset(
      dataset,
      all.filter((index) => !out.has(index)),
    ),
    heldOut: subset(
      dataset,
      all.filter((index) => out.has(index)),
    ),
  };
}

function indicesOf(labels: Uint8Array, label: number): number[] {
  const indices: number[] = [];
  labels.forEach((value, index) => {
    if (value === label) indices.push(index);
  });
  return indices;
}

function subset(dataset: Dataset, indices: number[]): Dataset {
  return { ...dataset, ...pick(dataset, indices), count: indices.length };
}
