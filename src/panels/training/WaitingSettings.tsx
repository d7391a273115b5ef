import { trainingGroup } from '../../settings/groups/training';
import { at, type Patch } from '../../settings/path';
import type { Settings } from '../../settings/settings';
import { waitingSettings } from '../../store/readiness';
import { useStore } from '../../store/store';
import { Button } from '../../ui/controls/Button';
import { NewModelButton } from './NewModelButton';

type Group = 'objective' | 'network';

const ofObjective = ['nSteps', 'schedule', 'objective', 'nClasses'];

/** Beside its group: changes that only a new model takes, while there is a trained one. */
export function WaitingSettings({ of }: { of: Group }) {
  const fields = useStore((state) =>
    waitingSettings(state)
      .filter((field) => ofObjective.includes(field) === (of === 'objective'))
      .join(),
  );
  if (fields === '') return null;
  const paths = fields.split(',').map((field) => `model.${field}` as keyof typeof trainingGroup.rows);
  const titles = paths.map((path) => trainingGroup.rows[path]?.label ?? path);
  const keep = () => {
    const { training, set } = useStore.getState();
    const trained = { model: training.model?.config };
    const patch = Object.fromEntries(paths.map((path) => [path, at(trained, path)]));
    if (training.model) set(trainingGroup, patch as Patch<Settings>);
  };
  return (
    <div className="notice" data-tone="warn" data-waiting={fields} role="status">
      <p>
        Only a new model takes this change: <b>{titles.join(', ')}</b>. The trained model stays as it is.
      </p>
      <div className="row">
        <NewModelButton>New model</NewModelButton>
        <Button onClick={keep}>Undo</Button>
      </div>
    </div>
  );
}
