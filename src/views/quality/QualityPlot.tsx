import { type CSSProperties, Suspense } from 'react';
import { lazyPart } from '../../ui/lazyPart';
import type { PlotSeries } from '../../ui/plot/series';

/** uPlot loads after the first paint. */
const LinePlot = lazyPart(() =>
  import('../../ui/plot/LinePlot').then(({ LinePlot }) => ({ default: LinePlot })),
);

interface QualityPlotProps {
  series: PlotSeries[];
  label: string;
  xLabel: string;
  marker?: number;
  logY?: boolean;
}

/** Curves with a legend below. */
export function QualityPlot({ series, label, xLabel, marker, logY = false }: QualityPlotProps) {
  return (
    <div>
      <div className="plot plot--high">
        <Suspense fallback={null}>
          <LinePlot
            series={series}
            label={label}
            xLabel={xLabel}
            logY={logY}
            {...(marker === undefined ? {} : { marker })}
          />
        </Suspense>
      </div>
      <ul className="legend" aria-label="The lines">
        {series.map(({ label, colorToken }) => (
          <li
            key={label}
            className="legend__key"
            style={{ '--colour': `var(${colorToken})` } as CSSProperties}
          >
            {label}
          </li>
        ))}
      </ul>
    </div>
  );
}
