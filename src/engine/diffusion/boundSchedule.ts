import type { Random } from '../training/random';

/** A stretch of steps, of which one is asked and stands for all: t from 0, `count` steps. */
export interface Stratum {
  t: number;
  count: number;
}

/**
 * The steps t = 1 … T − 1 in at most `count` stretches, each about as long as it is far from the start, since the terms fall
 * like 1/t; of each, one step drawn at random. Weighted by their counts the terms' sum is right on average.
 */
export function stratifiedTimesteps(
  nSteps: number,
  count: number,
  random: Pick<Random, 'uniform'>,
): Stratum[] {
  const steps = nSteps - 1;
  if (count >= steps) return Array.from({ length: steps }, (_, i) => ({ t: i + 1, count: 1 }));
  return edgesOf(nSteps, count)
    .slice(0, -1)
    .map((from, i, edges) => {
      const length = (edges[i + 1] ?? nSteps) - from;
      return { t: from + Math.floor(random.uniform() * length), count: length };
    });
}

/** Whole edges 1 … T, `count` stretches between, growing as evenly on a logarithmic scale as whole numbers allow. */
function edgesOf(nSteps: number, count: number): number[] {
  const edges = [1];
  for (let left = count; left > 0; left--) {
    const last = edges.at(-1) as number;
    const next = Math.round(last * (nSteps / last) ** (1 / left));
    edges.push(Math.min(nSteps - left + 1, Math.max(last + 1, next)));
  }
  return edges;
}
