import { defaultGamma, lossWeights } from '../../engine/diffusion/lossWeights/lossWeights';
import { useStore } from '../../store/store';
import { SelectField } from '../../ui/controls/SelectField';
import { explanations } from './explanations';
import { SettingNumber } from './SettingNumber';

const options = Object.entries(lossWeights).map(([value, { title, description }]) => ({
  value,
  title,
  description,
}));

/** How much the squared error at each t counts in training. */
export function LossWeightFields() {
  const { lossWeight = 'simple', snrGamma = defaultGamma } = useStore((state) => state.settings.training);
  const { changeTraining } = useStore.getState();
  return (
    <>
      <SelectField
        label="Loss weight"
        explanation={explanations.lossWeight}
        value={lossWeight}
        options={options}
        onChange={(lossWeight) => changeTraining({ lossWeight })}
      />
      {lossWeight === 'minSnr' && (
        <SettingNumber
          field="snrGamma"
          symbol="γ"
          value={snrGamma}
          onCommit={(snrGamma) => changeTraining({ snrGamma })}
          min={0.01}
          max={1e6}
          step={1}
        />
      )}
    </>
  );
}
