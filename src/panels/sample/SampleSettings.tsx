import { largestCount } from '../../store/samplingSettings';
import { useStore } from '../../store/store';
import { NumberField } from '../../ui/controls/NumberField';
import { SeedField } from '../../ui/controls/SeedField';
import { Segmented } from '../../ui/controls/Segmented';
import { SwitchField } from '../../ui/controls/SwitchField';
import { useModelConfig } from '../model/useModel';
import { ClassFields } from './ClassFields';
import { explanations } from './explanations';
import { NoiseAtEndField, SamplerFields, StepNoiseField } from './SamplerFields';
import './SampleSettings.css';

/** Everything that the next run heeds. */
export function SampleSettings() {
  const settings = useStore((state) => state.sampling.settings);
  const setSampling = useStore((state) => state.setSampling);
  const { nSteps } = useModelConfig();
  const fields = { choices: settings, nSteps, onChange: setSampling };
  return (
    <div className="sample-settings">
      <SamplerFields {...fields} />
      <NumberField
        label="Pictures"
        explanation={explanations.count}
        value={settings.count}
        onCommit={(count) => setSampling({ count })}
        min={1}
        max={largestCount}
        integer
      />
      <SeedField
        seed={settings.seed}
        explanation={explanations.seed}
        onChange={(seed) => setSampling({ seed })}
        dieLabel="New seed"
        roll={() => Math.floor(Math.random() * 100_000)}
      />
      <StepNoiseField {...fields} />
      <Segmented
        label="Weights"
        symbol="θ"
        explanation={explanations.weights}
        value={settings.weights}
        options={weightOptions}
        onChange={(weights) => setSampling({ weights })}
      />
      <ClassFields />
      <div className="sample-settings__switches">
        <SwitchField
          label="Clip the guess"
          symbol={
            <>
              x̂<sub>0</sub>
            </>
          }
          explanation={explanations.clipX0}
          checked={settings.clipX0}
          onChange={(clipX0) => setSampling({ clipX0 })}
        />
        <NoiseAtEndField {...fields} />
      </div>
    </div>
  );
}

const weightOptions = [
  { value: 'ema', title: 'EMA' },
  { value: 'raw', title: 'Raw' },
] as const;
