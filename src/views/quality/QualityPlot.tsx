import { Legend } from '../../ui/plot/Legend';
import type { LinePlotProps } from '../../ui/plot/LinePlot';
import { PlotBox } from '../../ui/plot/PlotBox';

/** Curves with a legend below. */
export function QualityPlot(plot: LinePlotProps) {
  return (
    <div>
      <PlotBox {...plot} />
      <Legend label="The lines" lines={plot.series} />
    </div>
  );
}
