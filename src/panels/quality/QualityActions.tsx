import { Scale, Square } from 'lucide-react';
import { editingProblem } from '../../store/editing';
import type { QualityState } from '../../store/qualitySlice';
import { useStore } from '../../store/store';
import { Button } from '../../ui/controls/Button';
import { ProgressBar } from '../../ui/controls/ProgressBar';
import { formatDuration } from '../../ui/formatDuration';
import { SharedEngineNote } from '../model/SharedEngineNote';

/** Start and stop, how far it is, and for how long. */
export function QualityActions() {
  const { status, progress, secondsLeft, problem } = useStore((state) => state.quality);
  const blocked = useStore(editingProblem);
  const { judge, stopJudging } = useStore.getState();
  const running = status === 'running';
  const share = shareOf(status, progress);
  return (
    <div className="quality__run">
      <div className="quality__buttons">
        <Button
          variant="primary"
          icon={<Scale size={16} aria-hidden />}
          disabled={blocked !== null || running}
          aria-describedby={blocked ? 'quality-blocked' : undefined}
          onClick={() => void judge()}
        >
          Judge
        </Button>
        <Button icon={<Square size={15} aria-hidden />} disabled={!running} onClick={stopJudging}>
          Stop
        </Button>
      </div>
      <div className="quality__progress">
        <ProgressBar
          label="Judgement"
          done={Math.round(100 * share)}
          total={100}
          share={share}
          status={status}
        />
        <p className="progress-bar__text">
          <span role="status">{words(status, progress)}</span>
          <span>{secondsLeft !== null && `about ${formatDuration(secondsLeft)} left`}</span>
        </p>
      </div>
      {blocked && (
        <p id="quality-blocked" className="field__note">
          {blocked}
        </p>
      )}
      {running && <SharedEngineNote />}
      {problem && (
        <p className="field__problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

/** Comparing is the last tenth. */
function shareOf(status: QualityState['status'], progress: QualityState['progress']): number {
  if (status === 'finished') return 1;
  if (!progress) return 0;
  return progress.stage === 'comparing' ? 0.9 : (0.9 * progress.done) / progress.total;
}

function words(status: QualityState['status'], progress: QualityState['progress']): string {
  if (status === 'running' && progress?.stage === 'comparing') return 'Comparing the pictures';
  if (status === 'running') return progress ? 'Drawing samples' : 'Starting';
  if (status === 'finished') return 'Judged';
  return status === 'stopped' ? 'Stopped' : '';
}
