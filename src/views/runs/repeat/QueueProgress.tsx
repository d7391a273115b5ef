import { Check, Circle, LoaderCircle, TriangleAlert } from 'lucide-react';
import { useStore } from '../../../store/store';
import { ProgressBar } from '../../../ui/controls/ProgressBar';
import { PauseButton, StopButton } from '../../../ui/controls/RunButtons';
import { formatDuration } from '../../../ui/formatDuration';
import type { QueuedRun } from './queueState';
import { queueStore, useQueue } from './usePlan';

const endings = {
  idle: '',
  running: '',
  paused: '',
  done: 'All runs are trained.',
  stopped: 'Stopped. The runs so far are kept.',
} as const;

/** How far the queue is, how long it takes, and how to hold it. */
export function QueueProgress() {
  const status = useQueue((state) => state.status);
  const runs = useQueue((state) => state.runs);
  const problem = useQueue((state) => state.problem);
  if (status === 'idle') return null;
  return (
    <div className="stack gap-2 runs__queue" data-status={status}>
      {(status === 'running' || status === 'paused') && <Underway paused={status === 'paused'} />}
      <ol className="stack gap-1" aria-label="Runs of the queue">
        {runs.map((run) => (
          <li key={run.words} className="runs__queued" data-status={run.status}>
            <RunIcon status={run.status} />
            <span>{run.words || 'The same settings'}</span>
            <span className="note">{statusWords[run.status]}</span>
          </li>
        ))}
      </ol>
      <p className={problem === null ? 'note' : 'problem'} role="status">
        {problem === null ? endings[status] : `Stopped: ${problem}`}
      </p>
    </div>
  );
}

function Underway({ paused }: { paused: boolean }) {
  const runs = useQueue((state) => state.runs);
  const steps = useQueue((state) => state.steps);
  const speed = useStore((state) => state.training.speed?.stepsPerSecond ?? 0);
  const done = runs.filter(({ status }) => status === 'done' || status === 'diverged').length;
  const training = runs.filter((run) => run.status === 'training').length;
  const taken = runs.reduce((sum, { status, step }) => sum + (status === 'diverged' ? steps : step), 0);
  const total = runs.length * steps;
  const { pause, resume, stop } = queueStore.getState();
  return (
    <>
      <ProgressBar
        label="Steps of the queue taken"
        done={taken}
        total={total}
        status={paused ? 'paused' : 'running'}
      />
      <div className="row row--between">
        <p className="note">
          {training > 1
            ? `Runs ${done + 1} and ${done + 2} of ${runs.length}`
            : `Run ${Math.min(done + 1, runs.length)} of ${runs.length}`}
          , {taken.toLocaleString('en')} of {total.toLocaleString('en')} steps
          {paused && ', paused'}
          {!paused &&
            speed > 0 &&
            `, ${formatDuration((total - taken) / (speed * Math.max(1, training)))} left`}
        </p>
        <div className="row">
          <PauseButton paused={paused} resumeLabel="Continue" onPause={pause} onResume={resume} />
          <StopButton onStop={stop} />
        </div>
      </div>
    </>
  );
}

const statusWords: Record<QueuedRun['status'], string> = {
  waiting: 'waiting',
  training: 'training',
  done: 'trained',
  diverged: 'diverged',
  stopped: 'stopped',
};

function RunIcon({ status }: Pick<QueuedRun, 'status'>) {
  if (status === 'done') return <Check size={16} aria-hidden />;
  if (status === 'diverged') return <TriangleAlert size={16} aria-hidden />;
  return status === 'training' ? <LoaderCircle size={16} aria-hidden /> : <Circle size={16} aria-hidden />;
}
