import './ProgressBar.css';

interface ProgressBarProps {
  /** What advances, for screen readers. */
  label: string;
  done: number;
  total: number;
  /** Share that is filled, where it is not done over total. */
  share?: number;
  /** 'finished' turns the bar green. */
  status: string;
}

/** How far something is. */
export function ProgressBar(props: ProgressBarProps) {
  const { label, done, total, share = total > 0 ? done / total : 0, status } = props;
  return (
    <div
      className="progress-bar"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.max(1, total)}
      aria-valuenow={done}
      data-status={status}
    >
      <div className="progress-bar__done" style={{ transform: `scaleX(${share})` }} />
    </div>
  );
}
