import { Fold } from '../../../panels/settings/Fold';
import { useStore } from '../../../store/store';
import { RunField } from './RunField';

/** Of the optimizer: a change takes effect at the next step, also while training. */
export function RunSettings() {
  const { batchSize, learningRate, emaDecay, steps } = useStore((state) => state.values.settings.training);
  return (
    <Fold
      id="run"
      title="Training run"
      summary={`batch ${batchSize} · learning rate ${learningRate} · EMA ${emaDecay} · ${steps.toLocaleString('en')} steps`}
    >
      <p className="note">A change takes effect at the next training step.</p>
      <div className="fields">
        <RunField of="training.batchSize" />
        <RunField of="training.learningRate" />
        <RunField of="training.emaDecay" />
        <RunField of="training.steps" />
      </div>
    </Fold>
  );
}
