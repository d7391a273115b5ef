import type { StudyRun } from '../../store/studyRunner';
import { Problem } from '../../ui/controls/Problem';
import { ProgressBar } from '../../ui/controls/ProgressBar';
import { formatDuration } from '../../ui/formatDuration';

/** What a study is called while it runs, when it is finished, and where it stopped. */
export interface StudyWords {
  /** "Nothing drawn yet" */
  idle: string;
  /** "Drawing" */
  running: string;
  /** "The images are finished" */
  finished: string;
  /** One piece of the work: "step". */
  unit: string;
}

export const drawingWords: StudyWords = {
  idle: 'Nothing drawn yet',
  running: 'Drawing',
  finished: 'The images are finished',
  unit: 'step',
};

interface StudyProgressProps {
  label: string;
  run: StudyRun;
  words?: StudyWords;
  /** Stands at the right end; the time left where it is not given. */
  note?: string;
  /** Whether what blocks the study is said elsewhere. */
  blocked?: boolean;
}

/** How far a study is, and what went wrong; said aloud when it begins, at every tenth, and when it ends. */
export function StudyProgress({
  label,
  run,
  words = drawingWords,
  note,
  blocked = false,
}: StudyProgressProps) {
  const { status, done, total, secondsLeft, problem } = run;
  const left = secondsLeft === null ? '' : `${formatDuration(secondsLeft)} left`;
  return (
    <div className="stack gap-1">
      <ProgressBar
        label={label}
        done={done}
        total={total}
        {...(status === 'finished' && { share: 1 })}
        status={status}
      />
      <p className="progress-bar__text">
        <span>{progressText(run, words)}</span>
        <span>{note ?? left}</span>
      </p>
      <p className="visually-hidden" aria-live="polite">
        {spoken(run, words)}
      </p>
      <Problem>{!blocked && problem}</Problem>
    </div>
  );
}

const storedText = 'Measured in advance, with the default settings';

function progressText(
  { status, done, total, stored }: StudyRun,
  { idle, running, finished, unit }: StudyWords,
): string {
  const where = `${unit} ${done.toLocaleString('en')} of ${total.toLocaleString('en')}`;
  switch (status) {
    case 'idle':
      return idle;
    case 'running':
      return total > 0 ? `${running}: ${where}` : 'Starting…';
    case 'paused':
      return `Paused at ${where}`;
    case 'finished':
      if (stored) return storedText;
      return total > 0 ? `${finished}: ${total.toLocaleString('en')} ${unit}s` : finished;
    case 'stopped':
    case 'failed':
      return total > 0 ? `Stopped at ${where}` : 'Stopped';
  }
}

function spoken({ status, done, total, stored }: StudyRun, { running, finished }: StudyWords): string {
  if (status === 'running') {
    const tenth = total > 0 ? Math.floor((10 * done) / total) : 0;
    return tenth > 0 ? `${running}: ${10 * tenth} %` : running;
  }
  if (status === 'finished') return stored ? storedText : finished;
  return status === 'idle' ? '' : `${running}: ${status}`;
}
