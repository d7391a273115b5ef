import { Random } from '../../engine/training/random';

/** How many examples each class has. */
export function classCounts(labels: Uint8Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) if (label < classes) counts[label] = (counts[label] as number) + 1;
  return counts;
}

/** Indices of the examples whose label is in the filter, in the order of the data; an empty filter lets all through. */
export function indicesOfClasses(labels: Uint8Array, filter: readonly number[]): Uint32Array {
  const all = Uint32Array.from(labels, (_, index) => index);
  return filter.length === 0 ? all : all.filter((index) => filter.includes(labels[index] as number));
}

/** The same indices in an order that the seed decides, every order as likely as any other (Fisher and Yates). */
export function shuffled(indices: Uint32Array, seed: number): Uint32Array {
  const order = indices.slice();
  const random = new Random(seed);
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random.uniform() * (last + 1));
    const value = order[last] as number;
    order[last] = order[other] as number;
    order[other] = value;
  }
  return order;
}

/** The images at the given indices one after the other: [indices.length, imageLength]. */
export function gatherImages(images: Float32Array, indices: Uint32Array, imageLength: number): Float32Array {
  const gathered = new Float32Array(indices.length * imageLength);
  indices.forEach((index, i) => {
    gathered.set(images.subarray(index * imageLength, (index + 1) * imageLength), i * imageLength);
  });
  return gathered;
}
