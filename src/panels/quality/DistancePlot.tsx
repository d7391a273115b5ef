import { useMemo } from 'react';
import type { JudgedModel } from '../../store/qualitySlice';
import { QualityPlot } from './QualityPlot';

/** The shares of samples and of held-out pictures within a distance of their nearest training picture. */
export function DistancePlot({ result: { distances, novelty } }: { result: JudgedModel }) {
  const series = useMemo(
    () => [
      { label: 'samples', ...cumulative(distances), colorToken: '--series-1' },
      { label: 'held-out pictures', ...cumulative(novelty.distances), colorToken: '--series-2' },
    ],
    [distances, novelty],
  );
  return (
    <figure>
      <figcaption className="field__note">
        Share of the pictures within a distance of their nearest training picture; the upright line is the
        threshold.
      </figcaption>
      <QualityPlot
        series={series}
        marker={novelty.threshold}
        xLabel="distance"
        label="Shares of samples and of held-out pictures by the distance to their nearest training picture"
      />
    </figure>
  );
}

/** Each value, ascending, and the share of all that are not above it. */
function cumulative(values: Float64Array): { x: Float64Array; y: Float64Array } {
  const x = values.toSorted();
  return { x, y: x.map((_, i) => (i + 1) / x.length) };
}
