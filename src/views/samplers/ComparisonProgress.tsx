import { Problem } from '../../ui/controls/Problem';
import { ProgressBar } from '../../ui/controls/ProgressBar';
import { type ComparisonState, partDone, useComparison } from './comparisonState';

/** How far both sides are, and what went wrong. */
export function ComparisonProgress() {
  const status = useComparison((state) => state.status);
  const problem = useComparison((state) => state.problem);
  const percent = useComparison((state) => Math.floor(100 * partDone(state.runs)));
  return (
    <div className="stack gap-1">
      <ProgressBar label="Part of the way that both have done" done={percent} total={100} status={status} />
      <p className="note">{textOf(status, percent)}</p>
      <p className="visually-hidden" aria-live="polite">
        {status === 'running' ? 'Comparing' : textOf(status, percent)}
      </p>
      <Problem>{problem}</Problem>
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
