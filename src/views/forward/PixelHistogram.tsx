import { useMemo } from 'react';
import { Explanation } from '../../ui/controls/Explanation';
import { LegendKey } from '../../ui/plot/Legend';
import { PlotBox } from '../../ui/plot/PlotBox';
import { binCentres, histogramOf, normalDensity } from './distribution';
import { explanations } from './help';
import type { NoisedImages } from './useForwardLab';

const keys = [
  { name: 'single steps', colour: '--series-1' },
  { name: 'one jump', colour: '--series-2' },
  { name: 'N(0, 1)', colour: '--series-3' },
] as const;

/** Density of the pixels' values, on both ways to x_t, over that of N(0, 1). */
export function PixelHistogram({ noised }: { noised: NoisedImages | null }) {
  const series = useMemo(() => {
    if (!noised) return [];
    const curves = [histogramOf(noised.chain), histogramOf(noised.jump), normalDensity];
    return keys.map(({ name, colour }, i) => ({
      label: name,
      x: binCentres,
      y: curves[i] as Float64Array,
      colorToken: colour,
    }));
  }, [noised]);
  return (
    <figure>
      <figcaption className="legend">
        Values of all pixels
        {keys.map(({ name, colour }) => (
          <LegendKey key={name} colour={colour}>
            {name}
          </LegendKey>
        ))}
        <Explanation about="the histogram">{explanations.histogram}</Explanation>
      </figcaption>
      <PlotBox
        series={series}
        xLabel="value"
        label="Density of the pixels’ values after single steps and after one jump, and that of the normal distribution"
      />
    </figure>
  );
}
