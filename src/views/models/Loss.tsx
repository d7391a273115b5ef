import { useMemo } from 'react';
import { useStore } from '../../store/store';

/** ", loss 0.0912": the mean of the last hundred steps, where any is known. */
export function Loss({ step }: { step: number }) {
  const losses = useStore((state) => state.training.losses);
  const mean = useMemo(() => (step > 0 ? losses.recentMean(100) : Number.NaN), [losses, step]);
  return Number.isFinite(mean) ? <>, loss {mean.toFixed(4)}</> : null;
}
