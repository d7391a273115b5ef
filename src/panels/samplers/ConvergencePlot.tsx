import { Suspense, useMemo } from 'react';
import { samplerOf } from '../../engine/diffusion/samplers/samplers';
import { deterministic } from '../../store/convergenceSlice';
import { useStore } from '../../store/store';
import { lazyPart } from '../../ui/lazyPart';

const LinePlot = lazyPart(() =>
  import('../../ui/plot/LinePlot').then(({ LinePlot }) => ({ default: LinePlot })),
);

const colors = { ddim: '--series-1', dpmSolver: '--series-2', heun: '--series-3' } as const;
/** A logarithm has no place for 0. */
const least = 1e-6;

/** RMS to the reference by network calls, a curve a sampler. */
export function ConvergencePlot() {
  const points = useStore((state) => state.convergence.points);
  const measuredBy = useStore((state) => state.convergence.measuredBy);
  const series = useMemo(
    () =>
      deterministic.map((sampler) => {
        const own = points.filter((point) => point.sampler === sampler);
        return {
          label: samplerOf(sampler).title,
          x: Float64Array.from(own, ({ calls }) => calls),
          y: Float64Array.from(own, ({ rms }) => Math.max(least, rms)),
          colorToken: colors[sampler],
        };
      }),
    [points],
  );
  const reference = measuredBy
    ? `${samplerOf(measuredBy.reference).title} over all ${measuredBy.steps.toLocaleString('en')} steps`
    : 'the reference';
  return (
    <figure className="samplers-plot">
      <figcaption className="samplers-plot__title">
        <span>RMS to the pictures of {reference}, by network calls</span>
        <ul className="samplers-plot__legend">
          {deterministic.map((sampler) => (
            <li key={sampler} style={{ color: `var(${colors[sampler]})` }}>
              {samplerOf(sampler).title}
            </li>
          ))}
        </ul>
      </figcaption>
      <div className="samplers-plot__box">
        <Suspense fallback={null}>
          <LinePlot series={series} logY xLabel="calls" label={`RMS to ${reference} by network calls`} />
        </Suspense>
        {points.length === 0 && (
          <p className="samplers-plot__empty">The curves will be drawn here, point by point.</p>
        )}
      </div>
    </figure>
  );
}
