import { datasets } from '../../engine/data/datasets';
import { waitingSettings } from '../../store/readiness';
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
    <p className="train-notice" data-tone={bad ? 'bad' : 'warn'} role={bad ? 'alert' : 'status'}>
      {message}
    </p>
  );
}

/** The trained model knows another data set than the one chosen. */
function OtherDataset() {
  const learned = useStore(({ training }) => (hasTrained(training) ? training.dataset : null));
  const chosen = useStore((state) => state.settings.dataset);
  const step = useStore((state) => state.training.step);
  if (learned === null || learned === chosen) return null;
  const { title } = datasets[learned];
  return (
    <div className="train-notice" data-tone="warn">
      <p>
        The model below has learned {title} for {step.toLocaleString('en')} steps. It stays until you make a
        new one for {datasets[chosen].title}.
      </p>
      <div className="train-notice__buttons">
        <Button onClick={() => void useStore.getState().chooseDataset(learned)}>Back to {title}</Button>
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
        {list(titles)} {titles.length === 1 ? 'waits' : 'wait'} for a new model. The trained one stays in use
        as it is.
      </p>
      <div className="train-notice__buttons">
        <Button onClick={keep}>Undo</Button>
        <NewModelButton>New model</NewModelButton>
      </div>
    </div>
  );
}

function list(words: string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
