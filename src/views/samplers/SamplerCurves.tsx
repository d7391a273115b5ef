import { useMemo } from 'react';
import { Legend } from '../../ui/plot/Legend';
import { PlotBox } from '../../ui/plot/PlotBox';

const colors = 6;
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
        colorToken: `--series-${(i % colors) + 1}`,
        // A second round of the colours is dashed.
        dash: i < colors ? [] : [6, 4],
      })),
    [curves],
  );
  return (
    <figure>
      <figcaption className="row row--between note">
        <span>{title}</span>
        <Legend lines={series} />
      </figcaption>
      <PlotBox
        series={series}
        logX={logX}
        logY
        xLabel="evaluations"
        label={label}
        empty={curves.every(({ x }) => x.length === 0) && 'The curves will be drawn here, point by point.'}
      />
    </figure>
  );
}
