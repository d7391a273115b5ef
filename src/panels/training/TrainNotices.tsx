import type { DatasetId } from '../../engine/data/datasets';
import { trainingGroup } from '../../settings/groups/training';
import { factsOf, isGone } from '../../store/datasetFacts';
import type { ReadinessState } from '../../store/readiness';
import { useStore } from '../../store/store';
import { hasTrained } from '../../store/trainingState';
import { Button } from '../../ui/controls/Button';
import { NewModelButton } from './NewModelButton';
import { OtherTabNotice } from './OtherTabNotice';

/** What the user must know or decide: why it stopped, that the model has learned another data set, that another tab trains. */
export function TrainNotices() {
  return (
    <>
      <Message />
      <OtherDataset />
      <OtherTabNotice />
    </>
  );
}

function Message() {
  const message = useStore((state) => state.training.message);
  const bad = useStore(({ training: { status } }) => status === 'failed' || status === 'diverged');
  if (message === null) return null;
  return (
    <div className="notice" data-tone={bad ? 'bad' : 'warn'}>
      <p role={bad ? 'alert' : 'status'}>{message}</p>
      <LowerRate />
    </div>
  );
}

/** Goes on after it diverged. */
function LowerRate() {
  const rate = useStore(({ training }) => (training.status === 'diverged' ? training.lowerRate : undefined));
  if (rate === undefined) return null;
  const goOn = () => {
    const { set, startTraining } = useStore.getState();
    set(trainingGroup, { 'training.learningRate': rate });
    void startTraining();
  };
  return (
    <div className="row">
      <Button onClick={goOn}>Go on with {rate}</Button>
    </div>
  );
}

/** The data set that the trained model has learned, where another one is chosen. */
export function learnedOther({ training, values }: ReadinessState): DatasetId | null {
  return hasTrained(training) && training.dataset !== values.data.dataset ? training.dataset : null;
}

function OtherDataset() {
  const learned = useStore(learnedOther);
  const chosen = useStore((state) => state.values.data.dataset);
  const chosenTitle = useStore((state) => factsOf(state, chosen).title);
  const title = useStore((state) => learned && factsOf(state, learned).title);
  const gone = useStore((state) => learned !== null && isGone(state, learned));
  const step = useStore((state) => state.training.step);
  if (learned === null) return null;
  return (
    <div className="notice" data-tone="warn">
      <p>
        The model below has learned {title} for {step.toLocaleString('en')} steps
        {gone && ', which is deleted: it draws on, but cannot learn on'}. It stays until you make a new one
        for {chosenTitle}.
      </p>
      <div className="row">
        {!gone && (
          <Button onClick={() => void useStore.getState().chooseDataset(learned)}>Back to {title}</Button>
        )}
        <NewModelButton>New model</NewModelButton>
      </div>
    </div>
  );
}
