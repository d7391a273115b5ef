import { Pause, Play, RotateCcw, StepForward } from 'lucide-react';
import { useId } from 'react';
import { useStore } from '../../store/store';
import { hasTrained, isTraining, type TrainingStatus } from '../../store/trainingState';
import { Button } from '../../ui/controls/Button';
import { NewModelButton } from './NewModelButton';
import { learnedOther } from './TrainNotices';
import { useTrainStart } from './useTrainStart';
import './TrainActions.css';

/** Start or pause, one step, reset; how it stands, and why it cannot start. */
export function TrainActions() {
  const start = useTrainStart();
  const trained = useStore((state) => hasTrained(state.training));
  // The notice below says it already, with what can be done.
  const noticed = useStore(learnedOther);
  const reason = useId();
  return (
    <div className="train-actions row">
      <Button
        variant="primary"
        className="train-actions__start"
        icon={start.training ? Pause : Play}
        disabled={start.problem !== null}
        aria-describedby={start.problem === null ? undefined : reason}
        onClick={start.press}
      >
        {start.title}
      </Button>
      <Button
        icon={StepForward}
        disabled={start.training || start.problem !== null}
        onClick={() => void useStore.getState().trainOneStep()}
      >
        One step
      </Button>
      <NewModelButton icon={RotateCcw} disabled={!trained}>
        Reset
      </NewModelButton>
      <Status />
      {start.problem !== null && (
        <p id={reason} className={noticed ? 'visually-hidden' : 'train-actions__reason'}>
          {start.problem}
        </p>
      )}
    </div>
  );
}

const statusWords: Record<TrainingStatus, string> = {
  idle: 'Ready',
  starting: 'Starting…',
  training: 'Training',
  paused: 'Paused',
  finished: 'Finished',
  diverged: 'Diverged',
  failed: 'Stopped by an error',
};

function Status() {
  const status = useStore((state) => state.training.status);
  const idle = useStore((state) => !isTraining(state.training) && !hasTrained(state.training));
  const ready = useStore((state) => state.session.status === 'ready' && state.dataset.status === 'ready');
  const ended = useStore((state) => state.session.status === 'failed');
  return (
    <p className="train-status" data-status={status} aria-live="polite">
      {idle && status === 'idle' && !ready ? (ended ? 'No engine' : 'Getting ready…') : statusWords[status]}
    </p>
  );
}
