/**
 * Which images are taken where there are more than `limit`: as many of each class as of every other, as far as it has them,
 * evenly along the order of the class. Ascending indices; all of them where they are few enough.
 */
export function evenSelection(labels: ArrayLike<number>, limit: number): Int32Array {
  const count = labels.length;
  if (count <= limit) return Int32Array.from({ length: count }, (_, i) => i);
  const members = new Map<number, number[]>();
  for (let i = 0; i < count; i++) {
    const label = labels[i] as number;
    const own = members.get(label);
    if (own) own.push(i);
    else members.set(label, [i]);
  }
  // The smallest classes first: what they lack is shared among the others.
  const classes = [...members.values()].sort((a, b) => a.length - b.length);
  const taken: number[] = [];
  classes.forEach((own, i) => {
    const share = Math.min(own.length, Math.floor((limit - taken.length) / (classes.length - i)));
    for (let k = 0; k < share; k++) taken.push(own[Math.floor((k * own.length) / share)] as number);
  });
  return Int32Array.from(taken).sort();
}
