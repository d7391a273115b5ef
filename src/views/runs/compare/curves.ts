import type { PlotSeries } from '../../../ui/plot/series';
import type { Run, RunBody } from '../record/run';
import { lastSteps } from '../record/thinnedLosses';
import type { RunsSettings } from '../settings';
import { axisOf, interpolated } from './axes';
import { lineOf } from './lines';

/** Points of a curve on the page: about one a pixel. */
const POINTS = 800;

/** Points of one curve, with x ascending. */
export interface Points {
  x: number[];
  y: number[];
}

/** The training losses of runs over each other; raw ones are pale where smoothed ones are shown too. */
export function lossSeries(
  runs: readonly Run[],
  { axis, curves, smoothing }: Pick<RunsSettings, 'axis' | 'curves' | 'smoothing'>,
): PlotSeries[] {
  const known = runs.map((run) => ({ run, points: lossPoints(run, axis) }));
  const grid = gridOver(
    known.map(({ points }) => points.x),
    axis,
  );
  return known.flatMap(({ run, points }, i) => {
    const line = lineOf(runs, i);
    const [raw, smooth] = [curves !== 'smoothed', curves !== 'raw'];
    return [
      ...(raw ? [{ ...line, ...rawOnGrid(points, grid), faint: smooth }] : []),
      ...(smooth ? [{ ...line, ...onGrid({ x: points.x, y: smoothed(run.body, smoothing) }, grid) }] : []),
    ].map((one) => (one.faint ? { ...one, label: `${one.label}, raw` } : one));
  });
}

/** The losses on held-out images. */
export function heldOutSeries(runs: readonly Run[], axis: RunsSettings['axis']): PlotSeries[] {
  const points = runs.map((run): Points => {
    const place = axisOf(run, axis);
    const known = run.body.heldOut.filter(({ loss }) => Number.isFinite(loss));
    return { x: known.map(({ step }) => place(step)), y: known.map(({ loss }) => loss) };
  });
  const grid = gridOver(
    points.map(({ x }) => x),
    axis,
  );
  return points.map((one, i) => ({ ...lineOf(runs, i), ...onGrid(one, grid) }));
}

/** The squared errors by t, each over the middles of its intervals. */
export function errorSeries(runs: readonly Run[]): PlotSeries[] {
  return runs.map(({ facts, body }, i) => {
    const errors = body.lossByTime ?? [];
    const known = errors
      .map((error, bin) => ({
        t: Math.round(((bin + 0.5) * facts.settings.model.nSteps) / errors.length),
        error,
      }))
      .filter(({ error }) => error > 0);
    return {
      ...lineOf(runs, i),
      x: Float64Array.from(known, ({ t }) => t),
      y: Float64Array.from(known, ({ error }) => error),
    };
  });
}

/** The least, the mean and the greatest loss of each interval of steps, where any is known. */
function lossPoints(run: Run, axis: RunsSettings['axis']) {
  const { losses } = run.body;
  const place = axisOf(run, axis);
  const known = knownIntervals(run.body);
  const steps = lastSteps(losses);
  const of = (values: number[]) => known.map((i) => values[i] as number);
  return {
    x: of(steps).map(place),
    mean: of(losses.mean),
    least: of(losses.least),
    greatest: of(losses.greatest),
  };
}

function knownIntervals({ losses }: RunBody): number[] {
  return losses.mean.flatMap((mean, i) => (Number.isFinite(mean) ? [i] : []));
}

/** A moving average of the losses of single steps over about `window` of them, which begins as their plain mean. */
export function smoothed(body: RunBody, window: number): number[] {
  const { mean, before } = body.losses;
  const steps = lastSteps(body.losses);
  let [sum, weight] = [0, 0];
  return knownIntervals(body).map((i) => {
    const count = (steps[i] as number) - (steps[i - 1] ?? before);
    const decay = Math.exp(-count / window);
    sum = decay * sum + (1 - decay) * (mean[i] as number);
    weight = decay * weight + (1 - decay);
    return sum / weight;
  });
}

/** Evenly spaced x over all curves, which they share; whole numbers but on the axis of time. */
function gridOver(curves: readonly (readonly number[])[], axis: RunsSettings['axis']): Float64Array {
  const ends = curves.filter(({ length }) => length > 0);
  if (ends.length === 0) return new Float64Array();
  const first = Math.min(...ends.map((x) => x[0] as number));
  const last = Math.max(...ends.map((x) => x.at(-1) as number));
  if (first === last) return Float64Array.of(first);
  const digits = axis === 'time' ? 3 : 0;
  const count = Math.min(POINTS, Math.floor((last - first) * 10 ** digits) + 1);
  return Float64Array.from({ length: count }, (_, i) =>
    Number((first + ((last - first) * i) / (count - 1)).toFixed(digits)),
  );
}

/** The part of the grid that a curve covers: one place at least. */
function covered({ x }: Pick<Points, 'x'>, grid: Float64Array): Float64Array {
  if (x.length === 0) return new Float64Array();
  const begin = grid.findIndex((place) => place >= (x[0] as number));
  const end = grid.findLastIndex((place) => place <= (x.at(-1) as number));
  return begin < 0 ? grid.subarray(-1) : grid.subarray(begin, Math.max(begin, end) + 1);
}

function onGrid(points: Points, grid: Float64Array) {
  const x = covered(points, grid);
  return { x, y: Float64Array.from(x, (place) => interpolated(points.x, points.y, place)), faint: false };
}

/**
 * As onGrid, but where a curve has more points than the grid, each two places have the least and the greatest of what lies
 * there: no spike is lost.
 */
function rawOnGrid(points: ReturnType<typeof lossPoints>, grid: Float64Array) {
  const line = onGrid({ x: points.x, y: points.mean }, grid);
  const { x, y } = line;
  if (points.x.length <= x.length) return line;
  let next = 0;
  for (let i = 0; i + 1 < x.length; i += 2) {
    const begin = next;
    while (next < points.x.length && (points.x[next] as number) <= (x[i + 1] as number)) next++;
    if (next - begin < 2) continue;
    y[i] = Math.min(...points.least.slice(begin, next));
    y[i + 1] = Math.max(...points.greatest.slice(begin, next));
  }
  return line;
}
