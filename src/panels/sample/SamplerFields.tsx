import { samplerOf, samplers } from '../../engine/diffusion/samplers/samplers';
import { type SpacingId, spacings } from '../../engine/diffusion/samplers/spacings';
import { type SamplerChoices, stepsOf } from '../../store/samplingSettings';
import { NumberField } from '../../ui/controls/NumberField';
import { Segmented } from '../../ui/controls/Segmented';
import { SelectField } from '../../ui/controls/SelectField';
import { SliderField } from '../../ui/controls/SliderField';
import { SwitchField } from '../../ui/controls/SwitchField';
import { explanations } from './explanations';
import { samplerOptions } from './samplerOptions';

interface SamplerFieldsProps {
  choices: SamplerChoices;
  /** T. */
  nSteps: number;
  onChange: (choices: Partial<SamplerChoices>) => void;
}

/** The spacings for a list, by id. */
export const spacingOptions = Object.entries(spacings).map(([id, { title, description }]) => ({
  value: id as SpacingId,
  title,
  description,
}));

/** Which sampler, over how many steps, and which ones. */
export function SamplerFields({ choices, nSteps, onChange }: SamplerFieldsProps) {
  return (
    <>
      <SelectField
        label="Sampler"
        explanation={explanations.sampler}
        value={choices.sampler}
        options={samplerOptions}
        onChange={(sampler) => onChange({ sampler, ...samplers[sampler].usual })}
      />
      <NumberField
        label="Steps"
        symbol="S"
        explanation={explanations.steps}
        value={stepsOf(choices, { nSteps })}
        onCommit={(steps) => onChange({ steps: steps === nSteps ? 'all' : steps })}
        min={1}
        max={nSteps}
        integer
      />
      <SelectField
        label="Spacing"
        explanation={explanations.spacing}
        value={choices.spacing}
        options={spacingOptions}
        onChange={(spacing) => onChange({ spacing })}
      />
    </>
  );
}

/** How much fresh noise a step adds, in the terms of the sampler; nothing for one that adds none. */
export function StepNoiseField({ choices, onChange }: SamplerFieldsProps) {
  const { heeds } = samplerOf(choices.sampler);
  if (heeds.includes('eta')) {
    return (
      <SliderField
        label="Noise of a step"
        symbol="η"
        explanation={explanations.eta}
        value={choices.eta}
        min={0}
        max={1}
        step={0.05}
        onChange={(eta) => onChange({ eta })}
        format={(value) => value.toFixed(2)}
      />
    );
  }
  if (!heeds.includes('variance')) return null;
  return (
    <Segmented
      label="Variance"
      symbol="σ²"
      explanation={explanations.variance}
      value={choices.variance}
      options={varianceOptions}
      onChange={(variance) => onChange({ variance })}
    />
  );
}

/** Whether the last step adds noise, for a sampler that can. */
export function NoiseAtEndField({ choices, onChange }: SamplerFieldsProps) {
  if (!samplerOf(choices.sampler).heeds.includes('noiseAtEnd')) return null;
  return (
    <SwitchField
      label="Noise in the last step"
      symbol="z"
      explanation={explanations.noiseAtEnd}
      checked={choices.noiseAtEnd}
      onChange={(noiseAtEnd) => onChange({ noiseAtEnd })}
    />
  );
}

const varianceOptions = [
  { value: 'beta', title: <span className="math">β</span> },
  { value: 'betaTilde', title: <span className="math">β̃</span> },
] as const;
