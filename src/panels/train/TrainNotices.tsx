import type { DatasetId } from '../../engine/data/datasets';
import { factsOf, isGone } from '../../store/datasetFacts';
import { type ReadinessState, waitingSettings } from '../../store/readiness';
import { settingTitles } from '../../store/settings';
import { useStore } from '../../store/store';
import { hasTrained } from '../../store/trainingState';
import { Button } from '../../ui/controls/Button';
import { NewModelButton } from './NewModelButton';
import './TrainNotices.css';

/** What the user must know or decide: why it stopped, and what of the settings the trained model does not have. */
export function TrainNotices() {
  return (
    <>
      <Message />
      <OtherDataset />
      <Waiting />
    </>
  );
}

function Message() {
  const message = useStore((state) => state.training.message);
  const bad = useStore(({ training: { status } }) => status === 'failed' || status === 'diverged');
  if (message === null) return null;
  return (
    <div className="train-notice" data-tone={bad ? 'bad' : 'warn'}>
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
    const { changeTraining, startTraining } = useStore.getState();
    changeTraining({ learningRate: rate });
    void startTraining();
  };
  return (
    <div className="train-notice__buttons">
      <Button onClick={goOn}>Go on with {rate}</Button>
    </div>
  );
}

/** The data set that the trained model has learned, where another one is chosen. */
export function learnedOther({ training, settings }: ReadinessState): DatasetId | null {
  return hasTrained(training) && training.dataset !== settings.dataset ? training.dataset : null;
}

function OtherDataset() {
  const learned = useStore(learnedOther);
  const chosen = useStore((state) => state.settings.dataset);
  const chosenTitle = useStore((state) => factsOf(state, chosen).title);
  const title = useStore((state) => learned && factsOf(state, learned).title);
  const gone = useStore((state) => learned !== null && isGone(state, learned));
  const step = useStore((state) => state.training.step);
  if (learned === null) return null;
  return (
    <div className="train-notice" data-tone="warn">
      <p>
        The model below has learned {title} for {step.toLocaleString('en')} steps
        {gone && ', which is deleted: it draws on, but cannot learn on'}. It stays until you make a new one
        for {chosenTitle}.
      </p>
      <div className="train-notice__buttons">
        {!gone && (
          <Button onClick={() => void useStore.getState().chooseDataset(learned)}>Back to {title}</Button>
        )}
        <NewModelButton>New model</NewModelButton>
      </div>
    </div>
  );
}

/** Settings of the network that only a new model can have. */
function Waiting() {
  const fields = useStore((state) => waitingSettings(state).join());
  if (fields === '') return null;
  const titles = fields.split(',').map((field) => settingTitles[field as keyof typeof settingTitles]);
  const keep = () => {
    const { training, changeModel } = useStore.getState();
    if (training.model) changeModel(training.model.config);
  };
  return (
    <div className="train-notice" data-tone="warn" data-waiting={fields}>
      <p>
        For a new model: <b>{titles.join(', ')}</b>. The trained one stays in use as it is.
      </p>
      <div className="train-notice__buttons">
        <Button onClick={keep}>Undo</Button>
        <NewModelButton>New model</NewModelButton>
      </div>
    </div>
  );
}
