/** Something that is needed from one command to another, both included. */
export interface Lifetime {
  /** Bytes. */
  size: number;
  first: number;
  last: number;
}

/**
 * Puts things whose lifetimes do not meet into the same blocks of memory: a block for each thing, and the sizes of the
 * blocks. Largest first, each into the smallest block that is free for as long, as TensorFlow Lite's "greedy by size"
 * (Pisarchyk & Lee 2020) does.
 */
export function shareMemory(things: readonly Lifetime[]): { blockOf: number[]; sizes: number[] } {
  const blocks: { size: number; held: Lifetime[] }[] = [];
  const blockOf = new Array<number>(things.length);
  const largestFirst = things.map((_, i) => i).sort((a, b) => sizeOf(things, b) - sizeOf(things, a));
  for (const i of largestFirst) {
    const thing = things[i] as Lifetime;
    let chosen = blocks.length - 1;
    while (chosen >= 0 && blocks[chosen]?.held.some((other) => meet(thing, other))) chosen--;
    if (chosen < 0) chosen = blocks.push({ size: thing.size, held: [] }) - 1;
    blocks[chosen]?.held.push(thing);
    blockOf[i] = chosen;
  }
  return { blockOf, sizes: blocks.map(({ size }) => size) };
}

const meet = (a: Lifetime, b: Lifetime) => a.first <= b.last && b.first <= a.last;

const sizeOf = (things: readonly Lifetime[], i: number) => (things[i] as Lifetime).size;
