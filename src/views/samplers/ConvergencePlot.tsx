import { useMemo } from 'react';
import { deterministicSamplers, samplerOf } from '../../engine/diffusion/samplers/samplers';
import { useConvergence } from './convergenceState';
import { SamplerCurves } from './SamplerCurves';

/** RMS to the reference by network evaluations, one curve per sampler. */
export function ConvergencePlot() {
  const points = useConvergence((state) => state.points);
  const measuredBy = useConvergence((state) => state.measuredBy);
  const curves = useMemo(
    () =>
      deterministicSamplers.map((sampler) => {
        const own = points.filter((point) => point.sampler === sampler);
        return {
          label: samplerOf(sampler).title,
          x: own.map(({ evaluations }) => evaluations),
          y: own.map(({ rms }) => rms),
        };
      }),
    [points],
  );
  const reference = measuredBy
    ? `${samplerOf(measuredBy.reference).title} over all ${measuredBy.steps.toLocaleString('en')} steps`
    : 'the reference';
  return (
    <SamplerCurves
      title={`RMS to the images of ${reference}, by network evaluations`}
      label={`RMS to ${reference} by network evaluations`}
      curves={curves}
    />
  );
}
