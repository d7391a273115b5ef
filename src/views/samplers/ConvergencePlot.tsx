import { type CSSProperties, Suspense, useMemo } from 'react';
import { deterministicSamplers, samplerOf } from '../../engine/diffusion/samplers/samplers';
import { lazyPart } from '../../ui/lazyPart';
import { useConvergence } from './convergenceState';

const LinePlot = lazyPart(() =>
  import('../../ui/plot/LinePlot').then(({ LinePlot }) => ({ default: LinePlot })),
);

const colors = 6;
const colorOf = (i: number) => `--series-${(i % colors) + 1}`;
/** A logarithm has no place for 0. */
const least = 1e-6;

/** RMS to the reference by network evaluations, one curve per sampler. */
export function ConvergencePlot() {
  const points = useConvergence((state) => state.points);
  const measuredBy = useConvergence((state) => state.measuredBy);
  const series = useMemo(
    () =>
      deterministicSamplers.map((sampler, i) => {
        const own = points.filter((point) => point.sampler === sampler);
        return {
          label: samplerOf(sampler).title,
          x: Float64Array.from(own, ({ evaluations }) => evaluations),
          y: Float64Array.from(own, ({ rms }) => Math.max(least, rms)),
          colorToken: colorOf(i),
        };
      }),
    [points],
  );
  const reference = measuredBy
    ? `${samplerOf(measuredBy.reference).title} over all ${measuredBy.steps.toLocaleString('en')} steps`
    : 'the reference';
  return (
    <figure>
      <figcaption className="row row--between note">
        <span>RMS to the images of {reference}, by network evaluations</span>
        <ul className="legend">
          {deterministicSamplers.map((sampler, i) => (
            <li
              key={sampler}
              className="legend__key"
              style={{ '--colour': `var(${colorOf(i)})` } as CSSProperties}
            >
              {samplerOf(sampler).title}
            </li>
          ))}
        </ul>
      </figcaption>
      <div className="plot plot--high">
        <Suspense fallback={null}>
          <LinePlot
            series={series}
            logY
            xLabel="evaluations"
            label={`RMS to ${reference} by network evaluations`}
          />
        </Suspense>
        {points.length === 0 && <p className="empty">The curves will be drawn here, point by point.</p>}
      </div>
    </figure>
  );
}
