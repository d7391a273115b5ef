import uPlot from 'uplot';

/** One curve: x ascending and of the same length as y. Curves that share their x share the very array. */
export interface PlotSeries {
  label: string;
  x: Float64Array;
  y: Float64Array | Float32Array;
  /** Name of a colour in tokens.css, '--signal'. */
  colorToken: string;
  /** Thin and pale, for what stands behind another curve. */
  faint?: boolean;
  /** Lengths of strokes and gaps in turn, CSS pixels; none for a full line. */
  dash?: readonly number[];
}

/** The curves over one x, as uPlot wants them: values that a curve lacks at an x are gaps that it draws across. */
export function alignedData(series: readonly PlotSeries[]): uPlot.AlignedData {
  const [first] = series;
  if (!first) return [new Float64Array()];
  if (series.every(({ x }) => x === first.x)) return [first.x, ...series.map(({ y }) => y)];
  return uPlot.join(series.map(({ x, y }) => [x, y]));
}

/** What of the curves decides how a plot is built; as long as it stays, new values need no new plot. */
export function shapeOf(series: readonly PlotSeries[]): string {
  return series
    .map(({ label, colorToken, faint = false, dash = [] }) => `${label} ${colorToken} ${faint} ${dash}`)
    .join('\n');
}
