import type { Random } from './random';

/** The classes with a random share of them hidden (−1, no class): algorithm 1 of Ho & Salimans 2022, p_uncond = share. */
export function hideClasses(labels: ArrayLike<number>, share: number, random: Random): number[] {
  return Array.from(labels, (label) => (random.uniform() < share ? -1 : label));
}
