import { useMemo } from 'react';
import { QualityPlot } from './QualityPlot';
import type { EvaluatedModel } from './state';

/** The shares of samples and of held-out images within a distance of their nearest training image. */
export function DistancePlot({ result: { distances, novelty } }: { result: EvaluatedModel }) {
  const series = useMemo(
    () => [
      { label: 'samples', ...cumulative(distances), colorToken: '--series-1' },
      { label: 'held-out images', ...cumulative(novelty.distances), colorToken: '--series-2' },
    ],
    [distances, novelty],
  );
  return (
    <figure>
      <figcaption className="note">
        Share of the images within a distance of their nearest training image; the upright line is the
        threshold.
      </figcaption>
      <QualityPlot
        series={series}
        marker={novelty.threshold}
        xLabel="distance"
        label="Shares of samples and of held-out images by the distance to their nearest training image"
      />
    </figure>
  );
}

/** Each value, ascending, and the share of all that are not above it. */
function cumulative(values: Float64Array): { x: Float64Array; y: Float64Array } {
  const x = values.toSorted();
  return { x, y: x.map((_, i) => (i + 1) / x.length) };
}
