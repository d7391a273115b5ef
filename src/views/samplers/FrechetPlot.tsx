import { useMemo } from 'react';
import { type SamplerId, samplerOf, samplers } from '../../engine/diffusion/samplers/samplers';
import { spreadOf } from '../../engine/quality/frechetCurve';
import { useFrechet } from './frechetState';
import { SamplerCurves } from './SamplerCurves';

/** Fréchet distance by network evaluations, both in powers, one curve per sampler. */
export function FrechetPlot() {
  const points = useFrechet((state) => state.points);
  const measured = useFrechet((state) => state.measured);
  const curves = useMemo(
    () =>
      (Object.keys(samplers) as SamplerId[]).map((sampler) => {
        const own = points.filter((point) => point.sampler === sampler);
        return {
          label: samplerOf(sampler).title,
          x: own.map(({ evaluations }) => evaluations),
          y: own.map(({ distances }) => spreadOf(distances).mean),
        };
      }),
    [points],
  );
  const samples = measured > 0 ? ` of ${measured} samples` : '';
  return (
    <SamplerCurves
      title={`Fréchet distance${samples}, by network evaluations`}
      label={`Fréchet distance${samples} by network evaluations`}
      curves={curves}
      logX
    />
  );
}
