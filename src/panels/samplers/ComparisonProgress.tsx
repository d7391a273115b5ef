import { type ComparisonState, partDone } from '../../store/comparisonSlice';
import { useStore } from '../../store/store';
import { ProgressBar } from '../../ui/controls/ProgressBar';

/** How far both sides are, and what went wrong. */
export function ComparisonProgress() {
  const status = useStore((state) => state.comparison.status);
  const problem = useStore((state) => state.comparison.problem);
  const percent = useStore((state) => Math.floor(100 * partDone(state.comparison.runs)));
  return (
    <div className="samplers-progress">
      <ProgressBar label="Part of the way that both have done" done={percent} total={100} status={status} />
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
