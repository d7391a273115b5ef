import { useLayoutEffect, useRef } from 'react';
import { useTheme } from '../theme';
import { Plot, type Reading } from './Plot';
import { type PlotSeries, shapeOf } from './series';
import './LinePlot.css';

export interface LinePlotProps {
  series: readonly PlotSeries[];
  /** The x that an upright line marks. */
  marker?: number;
  /** Logarithmic axes, x in powers of two; values must be above 0. */
  logX?: boolean;
  logY?: boolean;
  /** What x is, before its value in the reading under the pointer. */
  xLabel?: string;
  /** Plots with the same name share their cursor. */
  cursorName?: string;
  /** Hears what the curves are at the cursor, in place of the reading in the plot; always the same function. */
  onRead?: (reading: Reading | null) => void;
  /** What the curves show, for screen readers. */
  label: string;
}

/** Curves over a common x, as large as the box around. New values and markers are drawn without building it anew. */
export function LinePlot(props: LinePlotProps) {
  const { series, marker, logX = false, logY = false, xLabel, cursorName, onRead, label } = props;
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<Plot | null>(null);
  const theme = useTheme();
  const shape = shapeOf(series);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the shape says of the series what a plot is built from.
  useLayoutEffect(() => {
    if (!box.current) return;
    plot.current = new Plot(box.current, series, { logX, logY, xLabel, cursorName, onRead });
    return () => plot.current?.destroy();
  }, [shape, logX, logY, xLabel, cursorName, onRead]);

  useLayoutEffect(() => plot.current?.setSeries(series), [series]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a plot built anew has no marker yet.
  useLayoutEffect(() => plot.current?.setMarker(marker ?? null), [marker, shape, logX, logY]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme changes what the colours are.
  useLayoutEffect(() => plot.current?.recolour(), [theme]);

  return <div ref={box} className="line-plot" role="img" aria-label={label} />;
}
