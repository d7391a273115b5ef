import { samplerOf } from '../../../engine/diffusion/samplers/samplers';
import { formatBytes } from '../../../engine/formatBytes';
import { SharedEngineNote } from '../../../panels/model/SharedEngineNote';
import { recordingBudget, recordingBytes } from '../../../store/recording';
import type { SamplingState } from '../../../store/samplingSlice';
import { useStore } from '../../../store/store';
import { Problem } from '../../../ui/controls/Problem';
import { ProgressBar } from '../../../ui/controls/ProgressBar';
import { formatDuration } from '../../../ui/formatDuration';
import { formatRate } from '../../../ui/formatRate';

/** How far the run is, how fast, and for how long; and what went wrong. */
export function SampleProgress() {
  const sampling = useStore((state) => state.sampling);
  const { recording, status, problem } = sampling;
  const total = recording?.total ?? 0;
  const done = recording?.steps.at(-1)?.index ?? 0;
  return (
    <div className="stack gap-1">
      <ProgressBar label="Steps taken" done={done} total={total} status={status} />
      <p className="progress-bar__text">
        <span>{position(sampling, done, total)}</span>
        <span>{pace(sampling, done, total)}</span>
      </p>
      <p className="visually-hidden" aria-live="polite">
        {statusWords[status]}
      </p>
      {status === 'running' && <SharedEngineNote />}
      {recording && recording.stride > 1 && (
        <p className="note">
          Every {ordinal(recording.stride)} step is kept: all of them would take{' '}
          {formatBytes(recordingBytes(recording.settings.count, recording.model, total))}, more than the{' '}
          {formatBytes(recordingBudget)} set aside for them.
        </p>
      )}
      <Problem>{problem}</Problem>
    </div>
  );
}

const statusWords: Record<SamplingState['status'], string> = {
  idle: '',
  running: 'Sampling',
  paused: 'Sampling is paused',
  finished: 'The images are finished',
  stopped: 'Sampling was stopped',
  failed: 'Sampling failed',
};

function position({ status, recording }: SamplingState, done: number, total: number): string {
  if (!recording) return status === 'running' ? 'Starting…' : 'No run yet';
  // The fields above may have another sampler by now.
  const where = `step ${count(done)} of ${count(total)}, ${samplerOf(recording.settings.sampler).title}`;
  if (status === 'paused') return `Paused at ${where}`;
  if (status === 'stopped' || status === 'failed') return `Stopped at ${where}`;
  return where.replace('s', 'S');
}

function pace(sampling: SamplingState, done: number, total: number): string {
  const { status, stepsPerSecond, milliseconds } = sampling;
  if (status === 'finished' && milliseconds !== null)
    return `computed in ${formatDuration(milliseconds / 1000)}`;
  if (status !== 'running' || !stepsPerSecond) return '';
  return `${formatRate(stepsPerSecond)} steps/s, ${formatDuration((total - done) / stepsPerSecond)} left`;
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function ordinal(value: number): string {
  const ending = ['th', 'st', 'nd', 'rd'];
  const last = value % 100;
  return `${value}${ending[(last - 20) % 10] ?? ending[last] ?? 'th'}`;
}
