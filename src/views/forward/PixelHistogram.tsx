import { type CSSProperties, Suspense, useMemo } from 'react';
import { Explanation } from '../../ui/controls/Explanation';
import { lazyPart } from '../../ui/lazyPart';
import { binCentres, histogramOf, normalDensity } from './distribution';
import { explanations } from './help';
import type { NoisedImages } from './useForwardLab';

const LinePlot = lazyPart(() =>
  import('../../ui/plot/LinePlot').then(({ LinePlot }) => ({ default: LinePlot })),
);

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
          <span key={name} className="legend__key" style={{ '--colour': `var(${colour})` } as CSSProperties}>
            {name}
          </span>
        ))}
        <Explanation about="the histogram">{explanations.histogram}</Explanation>
      </figcaption>
      <div className="plot plot--high">
        <Suspense fallback={null}>
          {series.length > 0 && (
            <LinePlot
              series={series}
              xLabel="value"
              label="Density of the pixels’ values after single steps and after one jump, and that of the normal distribution"
            />
          )}
        </Suspense>
      </div>
    </figure>
  );
}
