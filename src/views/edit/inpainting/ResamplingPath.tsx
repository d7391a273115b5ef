import { useMemo } from 'react';
import { networkCalls, type Resampling, resamplingPath } from '../../../engine/diffusion/resampling';

interface ResamplingPathProps extends Resampling {
  /** Moves made, where this is the path of the run that is shown; else null. */
  done: number | null;
}

/** The noise level over the moves of a run: down, and back up at every jump. */
export function ResamplingPath({ steps, resamplings, jumpLength, done }: ResamplingPathProps) {
  const path = useMemo(
    () => resamplingPath({ steps, resamplings, jumpLength }),
    [steps, resamplings, jumpLength],
  );
  const last = path.length - 1;
  const line = useMemo(
    () =>
      `M${path.map((level, i) => `${((1000 * i) / last).toFixed(2)} ${(100 - (100 * level) / steps).toFixed(2)}`).join('L')}`,
    [path, last, steps],
  );
  const calls = networkCalls(path);
  const text = `${calls.toLocaleString('en')} network evaluations, ${(last - calls).toLocaleString('en')} jumps back`;
  return (
    <figure className="resampling-path">
      <svg
        viewBox="0 0 1000 100"
        preserveAspectRatio="none"
        role="img"
        aria-label={`Noise level over the run: ${text}`}
      >
        <path d={line} />
        {done !== null && <line x1={(1000 * done) / last} x2={(1000 * done) / last} y1="0" y2="100" />}
      </svg>
      <figcaption className="note">Noise over the run, from all of it to none: {text}.</figcaption>
    </figure>
  );
}
