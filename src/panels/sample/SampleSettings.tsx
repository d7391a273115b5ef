import { Dices } from 'lucide-react';
import { type SamplerId, samplers } from '../../engine/diffusion/samplers/samplers';
import { type SpacingId, spacings } from '../../engine/diffusion/samplers/spacings';
import { largestCount, largestSeed, stepsOf } from '../../store/samplingSettings';
import { useStore } from '../../store/store';
import { IconButton } from '../../ui/controls/IconButton';
import { NumberField } from '../../ui/controls/NumberField';
import { Segmented } from '../../ui/controls/Segmented';
import { SelectField } from '../../ui/controls/SelectField';
import { SliderField } from '../../ui/controls/SliderField';
import { SwitchField } from '../../ui/controls/SwitchField';
import { useModelConfig } from '../model/useModel';
import { explanations } from './explanations';
import './SampleSettings.css';

const samplerOptions = Object.entries(samplers).map(([id, { title, description }]) => ({
  value: id as SamplerId,
  title,
  description,
}));

const spacingOptions = Object.entries(spacings).map(([id, { title, description }]) => ({
  value: id as SpacingId,
  title,
  description,
}));

/** Everything that the next run heeds. */
export function SampleSettings() {
  const settings = useStore((state) => state.sampling.settings);
  const setSampling = useStore((state) => state.setSampling);
  const { nSteps } = useModelConfig();
  const heeds = new Set<string>(samplers[settings.sampler].heeds);
  return (
    <div className="sample-settings">
      <SelectField
        label="Sampler"
        explanation={explanations.sampler}
        value={settings.sampler}
        options={samplerOptions}
        onChange={(sampler) => setSampling({ sampler, ...samplers[sampler].usual })}
      />
      <NumberField
        label="Steps"
        explanation={explanations.steps}
        value={stepsOf(settings, { nSteps })}
        onCommit={(steps) => setSampling({ steps: steps === nSteps ? 'all' : steps })}
        min={1}
        max={nSteps}
        integer
      />
      <SelectField
        label="Spacing"
        explanation={explanations.spacing}
        value={settings.spacing}
        options={spacingOptions}
        onChange={(spacing) => setSampling({ spacing })}
      />
      <NumberField
        label="Pictures"
        explanation={explanations.count}
        value={settings.count}
        onCommit={(count) => setSampling({ count })}
        min={1}
        max={largestCount}
        integer
      />
      <div className="sample-settings__seed">
        <NumberField
          label="Seed"
          explanation={explanations.seed}
          value={settings.seed}
          onCommit={(seed) => setSampling({ seed })}
          min={0}
          max={largestSeed}
          integer
        />
        <IconButton
          label="New seed"
          icon={<Dices size={16} aria-hidden />}
          onClick={() => setSampling({ seed: Math.floor(Math.random() * 100_000) })}
        />
      </div>
      {heeds.has('eta') ? (
        <SliderField
          label="Noise of a step"
          symbol="η"
          explanation={explanations.eta}
          value={settings.eta}
          min={0}
          max={1}
          step={0.05}
          onChange={(eta) => setSampling({ eta })}
          format={(value) => value.toFixed(2)}
        />
      ) : (
        heeds.has('variance') && (
          <Segmented
            label="Variance"
            symbol="σ²"
            explanation={explanations.variance}
            value={settings.variance}
            options={varianceOptions}
            onChange={(variance) => setSampling({ variance })}
          />
        )
      )}
      <Segmented
        label="Weights"
        symbol="θ"
        explanation={explanations.weights}
        value={settings.weights}
        options={weightOptions}
        onChange={(weights) => setSampling({ weights })}
      />
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
        {heeds.has('noiseAtEnd') && (
          <SwitchField
            label="Noise in the last step"
            symbol="z"
            explanation={explanations.noiseAtEnd}
            checked={settings.noiseAtEnd}
            onChange={(noiseAtEnd) => setSampling({ noiseAtEnd })}
          />
        )}
      </div>
    </div>
  );
}

const varianceOptions = [
  { value: 'beta', title: <span className="math">β</span> },
  { value: 'betaTilde', title: <span className="math">β̃</span> },
] as const;

const weightOptions = [
  { value: 'ema', title: 'EMA' },
  { value: 'raw', title: 'Raw' },
] as const;
