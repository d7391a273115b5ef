import { type ComparisonState, partDone } from '../../store/comparisonSlice';
import { useStore } from '../../store/store';

/** How far both sides are, and what went wrong. */
export function ComparisonProgress() {
  const status = useStore((state) => state.comparison.status);
  const problem = useStore((state) => state.comparison.problem);
  const percent = useStore((state) => Math.floor(100 * partDone(state.comparison.runs)));
  return (
    <div className="samplers-progress">
      <div
        className="samplers-progress__track"
        role="progressbar"
        aria-label="Part of the way that both have done"
        aria-valuenow={percent}
        data-status={status}
      >
        <div className="samplers-progress__done" style={{ transform: `scaleX(${percent / 100})` }} />
      </div>
      <p className="samplers-progress__text">{textOf(status, percent)}</p>
      <p className="visually-hidden" aria-live="polite">
        {status === 'running' ? 'Comparing' : textOf(status, percent)}
      </p>
      {problem && (
        <p className="field__problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

function textOf(status: ComparisonState['status'], percent: number): string {
  switch (status) {
    case 'idle':
      return 'Nothing compared yet';
    case 'running':
      return `Both at ${percent} % of their way`;
    case 'paused':
      return `Held at ${percent} %`;
    case 'finished':
      return 'Both are finished';
    case 'stopped':
    case 'failed':
      return `Stopped at ${percent} %`;
  }
}
