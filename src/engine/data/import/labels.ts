/** The class of each of some images: names, and for each image the index of its name; −1 where it has none. */
export interface Labels {
  names: readonly string[];
  of: Int32Array;
}

/** Labels of names, equal ones taken together. */
export function labelsOfNames(names: readonly (string | null)[]): Labels {
  const index = new Map<string, number>();
  const of = Int32Array.from(names, (name) => {
    if (name === null) return -1;
    const known = index.get(name);
    if (known !== undefined) return known;
    index.set(name, index.size);
    return index.size - 1;
  });
  return { names: [...index.keys()], of };
}

export function classNameOf(labels: Labels | null, index: number): string | null {
  const label = labels ? (labels.of[index] as number) : -1;
  return label < 0 ? null : ((labels as Labels).names[label] as string);
}

/** How many images each name has. */
export function classCounts({ names, of }: Labels): number[] {
  const counts = names.map(() => 0);
  for (const label of of) if (label >= 0) counts[label] = (counts[label] as number) + 1;
  return counts;
}
