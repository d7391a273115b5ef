import type { DatasetFacts, Images } from '../../src/engine/data/dataset';

/**
 * The first grey images of `imageSize` pixels of every class, equally many and `count` in all, in the order of the whole.
 * Throws where a class has too few.
 */
export function firstOfEachClass(
  { levels, labels }: Images,
  imageSize: number,
  { count, classNames }: Pick<DatasetFacts, 'count' | 'classNames'>,
): Images {
  const each = count / classNames.length;
  const taken = classNames.map(() => 0);
  const indices: number[] = [];
  labels.forEach((label, index) => {
    const before = taken[label] as number;
    if (before === each) return;
    taken[label] = before + 1;
    indices.push(index);
  });
  if (indices.length !== count) throw new Error(`Not every class has ${each} images.`);
  const length = imageSize * imageSize;
  const picked = new Uint8Array(count * length);
  indices.forEach((index, i) => {
    picked.set(levels.subarray(index * length, (index + 1) * length), i * length);
  });
  return { levels: picked, labels: Uint8Array.from(indices, (index) => labels[index] as number) };
}
