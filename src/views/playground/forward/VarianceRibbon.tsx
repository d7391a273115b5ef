import { memo, useMemo } from 'react';
import type { Diffusion } from '../../../engine/diffusion/diffusion';
import { evenTimes, noisingAt } from '../../../panels/forward/noising';
import { MathSymbol } from '../../../ui/WithSubscripts';

/** The track of the slider: how much of the variance at t is image (ᾱ_t, below the curve) and how much is noise. */
export const VarianceRibbon = memo(function VarianceRibbon({ diffusion }: { diffusion: Diffusion }) {
  const curve = useMemo(() => {
    const points = evenTimes(diffusion.nSteps, 201).map((t) => {
      const { alphaBar } = noisingAt(diffusion, t);
      return `${((t / diffusion.nSteps) * 100).toFixed(3)},${((1 - alphaBar) * 100).toFixed(3)}`;
    });
    return `M${points.join('L')}`;
  }, [diffusion]);
  return (
    <>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden>
        <rect width="100" height="100" style={{ fill: 'var(--noise-soft)' }} />
        <path d={`${curve}L100,100L0,100Z`} style={{ fill: 'var(--signal-soft)' }} />
        <path d={curve} />
      </svg>
      <span className="signal" aria-hidden>
        image <MathSymbol text="ᾱ_t" />
      </span>
      <span className="noise" aria-hidden>
        noise 1 − <MathSymbol text="ᾱ_t" />
      </span>
    </>
  );
});
