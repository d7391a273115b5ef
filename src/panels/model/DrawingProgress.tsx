import type { EditStatus } from '../../store/editing';
import { ProgressBar } from '../../ui/controls/ProgressBar';

interface DrawingProgressProps {
  label: string;
  status: EditStatus;
  done: number;
  total: number;
  /** What is counted, a step where nothing is said. */
  unit?: string;
  /** Stands at the right end. */
  note?: string;
  problem: string | null;
}

/** How far a run is, and what went wrong. */
export function DrawingProgress(props: DrawingProgressProps) {
  const { label, status, done, total, unit = 'step', note = '', problem } = props;
  return (
    <div className="desk-progress">
      <ProgressBar
        label={label}
        done={done}
        total={total}
        {...(status === 'finished' && { share: 1 })}
        status={status}
      />
      <p className="progress-bar__text">
        <span>{textOf(status, done, total, unit)}</span>
        <span>{note}</span>
      </p>
      <p className="visually-hidden" aria-live="polite">
        {words[status]}
      </p>
      {problem && (
        <p className="field__problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

const words: Record<EditStatus, string> = {
  idle: '',
  running: 'Drawing',
  finished: 'The pictures are finished',
  stopped: 'Drawing was stopped',
  failed: 'Drawing failed',
};

function textOf(status: EditStatus, done: number, total: number, unit: string): string {
  const where = `${unit} ${done.toLocaleString('en')} of ${total.toLocaleString('en')}`;
  switch (status) {
    case 'idle':
      return 'Nothing drawn yet';
    case 'running':
      return total > 0 ? `Drawing: ${where}` : 'Starting…';
    case 'finished':
      return total > 0 ? `Finished in ${total.toLocaleString('en')} ${unit}s` : 'Finished';
    case 'stopped':
    case 'failed':
      return total > 0 ? `Stopped at ${where}` : 'Stopped';
  }
}
