import type { Run } from '../record/run';
import type { RunsSettings } from '../settings';

/** The place on an axis of every step of a run. */
export function axisOf({ facts, body }: Run, axis: RunsSettings['axis']): (step: number) => number {
  if (axis === 'steps') return (step) => step;
  if (axis === 'images') {
    const changes = body.marks
      .filter(({ path, after }) => path === 'training.batchSize' && typeof after === 'number')
      .map(({ step, after }) => ({ step, batch: after as number }));
    return (step) => imagesSeen(step, facts.settings.training.batchSize, changes);
  }
  const times = [{ step: 0, seconds: 0 }, ...body.times];
  const [steps, seconds] = [times.map((one) => one.step), times.map((one) => one.seconds)];
  return (step) => interpolated(steps, seconds, step);
}

/** Images that the steps up to one have taken, where the batch size was changed after some of them. */
export function imagesSeen(step: number, batch: number, changes: readonly { step: number; batch: number }[]) {
  let [from, size, seen] = [0, batch, 0];
  for (const change of changes) {
    if (change.step >= step) break;
    seen += (change.step - from) * size;
    [from, size] = [change.step, change.batch];
  }
  return seen + (step - from) * size;
}

/** The value at x of the line through points with ascending x; beyond the ends it is that of the end. */
export function interpolated(xs: ArrayLike<number>, ys: ArrayLike<number>, x: number): number {
  let [low, high] = [0, xs.length - 1];
  if (!(x > (xs[low] as number))) return ys[low] as number;
  if (!(x < (xs[high] as number))) return ys[high] as number;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((xs[middle] as number) <= x) low = middle;
    else high = middle;
  }
  const [x0, x1] = [xs[low] as number, xs[high] as number];
  const [y0, y1] = [ys[low] as number, ys[high] as number];
  return y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}
