import { useStore } from '../../store/store';
import { SamplingShare } from '../model/SamplingShare';
import { LossWeightFields } from './LossWeightFields';
import { SettingGroup } from './SettingGroup';
import { SettingNumber } from './SettingNumber';

/** Of the optimizer, and of what goes on beside it: heeded at the next step, a run under way included. */
export function RunSettings() {
  const { batchSize, learningRate, emaDecay, classDropout, steps } = useStore(
    (state) => state.settings.training,
  );
  // Of the model that trains, and of the one that the settings describe.
  const classes = useStore(
    ({ settings, training }) => settings.model.nClasses + (training.model?.config.nClasses ?? 0) > 0,
  );
  const { changeTraining } = useStore.getState();
  return (
    <SettingGroup title="Training run" when="takes effect at the next step">
      <div className="setting-group__fields">
        <SettingNumber
          field="batchSize"
          symbol="B"
          value={batchSize}
          onCommit={(batchSize) => changeTraining({ batchSize })}
          min={1}
          step={8}
          integer
        />
        <SettingNumber
          field="learningRate"
          symbol="γ"
          value={learningRate}
          onCommit={(learningRate) => changeTraining({ learningRate })}
          min={0}
          max={1}
          step={1e-4}
        />
        <SettingNumber
          field="emaDecay"
          symbol="d"
          value={emaDecay}
          onCommit={(emaDecay) => changeTraining({ emaDecay })}
          min={0}
          max={0.99999}
          step={0.001}
        />
        <SettingNumber
          field="steps"
          symbol="N"
          value={steps}
          onCommit={(steps) => changeTraining({ steps })}
          min={1}
          max={1e7}
          step={500}
          integer
        />
        {classes && (
          <SettingNumber
            field="classDropout"
            symbol="p"
            value={classDropout ?? 0.1}
            onCommit={(classDropout) => changeTraining({ classDropout })}
            min={0}
            max={1}
            step={0.05}
          />
        )}
        <LossWeightFields />
        <div className="setting-group__wide">
          <SamplingShare />
        </div>
      </div>
    </SettingGroup>
  );
}
