import type { ImageSet } from './imageSet';
import { isLeftOut } from './imageSet';
import type { Size } from './images/announcedSize';
import { classNameOf } from './labels';
import { scaleOf } from './levels';
import type { ImportedImage, LeftOut } from './pixels';
import { evenSelection } from './selection';

/** Of each set of images the indices of those that are taken. */
export interface Selection {
  taken: readonly { set: ImageSet; indices: Int32Array }[];
  /** How many they are. */
  count: number;
  /** How many there are. */
  total: number;
}

/** At most `limit` images of all sets, evenly by class. */
export function select(sets: readonly ImageSet[], limit: number): Selection {
  const total = sets.reduce((sum, { count }) => sum + count, 0);
  const labels = new Int32Array(total);
  const classes = new Map<string | null, number>();
  let at = 0;
  for (const set of sets)
    for (let i = 0; i < set.count; i++) {
      const name = classNameOf(set.labels, i);
      const label = classes.get(name) ?? classes.size;
      classes.set(name, label);
      labels[at++] = label;
    }
  const chosen = evenSelection(labels, limit);
  let [start, next] = [0, 0];
  const taken = sets.map((set) => {
    const from = next;
    while (next < chosen.length && (chosen[next] as number) < start + set.count) next++;
    const indices = chosen.slice(from, next).map((index) => index - start);
    start += set.count;
    return { set, indices };
  });
  return { taken: taken.filter(({ indices }) => indices.length > 0), count: chosen.length, total };
}

/** An image, and where it came from. */
export interface ReadImage extends ImportedImage {
  set: ImageSet;
  index: number;
}

/** The images of a selection, one after another, each with its class. What cannot be read is added to what is left out. */
export async function* readSelection(
  { taken }: Pick<Selection, 'taken'>,
  leftOut: LeftOut[],
): AsyncGenerator<ReadImage> {
  for (const { set, indices } of taken) {
    let next = 0;
    for await (const read of set.read(indices, scaleOf(set.range ?? { black: 0, white: 255 }))) {
      const index = indices[next++] as number;
      if (isLeftOut(read)) leftOut.push(read);
      else yield { bitmap: read, className: classNameOf(set.labels, index), set, index };
    }
  }
}

/** The sizes of the images of a selection as their files tell them; those that tell none are passed over. */
export async function* sizesOfSelection({ taken }: Selection): AsyncGenerator<Size> {
  for (const { set, indices } of taken) {
    if (typeof set.size !== 'function') {
      yield set.size;
      continue;
    }
    for await (const size of set.size(indices)) if (size) yield size;
  }
}
