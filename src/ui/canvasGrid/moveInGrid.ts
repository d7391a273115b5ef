import type { ActionOf } from '../keyboard/shortcuts';

type Move = Exclude<ActionOf<'imageGrid'>, 'choose'>;

/** Where a key leads from an image of a grid: one step, or to an end; never out of it. */
export function moveInGrid(move: Move, from: number, columns: number, count: number): number {
  const to = {
    left: from - 1,
    right: from + 1,
    up: from - columns,
    down: from + columns,
    first: 0,
    last: count - 1,
  }[move];
  return to >= 0 && to < count ? to : from;
}
