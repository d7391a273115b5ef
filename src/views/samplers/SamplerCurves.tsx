import { type CSSProperties, Suspense, useMemo } from 'react';
import { lazyPart } from '../../ui/lazyPart';

const LinePlot = lazyPart(() =>
  import('../../ui/plot/LinePlot').then(({ LinePlot }) => ({ default: LinePlot })),
);

const colors = 6;
const colorOf = (i: number) => `--series-${(i % colors) + 1}`;
/** A second round of the colours is dashed. */
const dashOf = (i: number) => (i < colors ? [] : [6, 4]);
/** A logarithm has no place for 0. */
const least = 1e-6;

interface SamplerCurvesProps {
  title: string;
  /** What the curves show, for screen readers. */
  label: string;
  /** One per sampler, by network evaluations. */
  curves: readonly { label: string; x: readonly number[]; y: readonly number[] }[];
  logX?: boolean;
}

/** Something of each sampler by its network evaluations, with a legend; values in powers of ten. */
export function SamplerCurves({ title, label, curves, logX = false }: SamplerCurvesProps) {
  const series = useMemo(
    () =>
      curves.map(({ label, x, y }, i) => ({
        label,
        x: Float64Array.from(x),
        y: Float64Array.from(y, (value) => Math.max(least, value)),
        colorToken: colorOf(i),
        dash: dashOf(i),
      })),
    [curves],
  );
  return (
    <figure>
      <figcaption className="row row--between note">
        <span>{title}</span>
        <ul className="legend">
          {curves.map(({ label }, i) => (
            <li
              key={label}
              className="legend__key"
              data-dashed={dashOf(i).length > 0 || undefined}
              style={{ '--colour': `var(${colorOf(i)})` } as CSSProperties}
            >
              {label}
            </li>
          ))}
        </ul>
      </figcaption>
      <div className="plot plot--high">
        <Suspense fallback={null}>
          <LinePlot series={series} logX={logX} logY xLabel="evaluations" label={label} />
        </Suspense>
        {curves.every(({ x }) => x.length === 0) && (
          <p className="empty">The curves will be drawn here, point by point.</p>
        )}
      </div>
    </figure>
  );
}
