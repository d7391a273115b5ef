import type { Side } from '../../store/comparisonSlice';
import { useStore } from '../../store/store';
import { useModelConfig } from '../model/useModel';
import { NoiseAtEndField, SamplerFields, StepNoiseField } from '../sample/SamplerFields';
import { sideNames } from './sideNames';

/** The sampler of one side, with only the settings that it heeds. */
export function SideFields({ side }: { side: Side }) {
  const choices = useStore((state) => state.comparison.sides[side]);
  const setSide = useStore((state) => state.setSide);
  const { nSteps } = useModelConfig();
  const fields = {
    choices,
    nSteps,
    onChange: (change: Partial<typeof choices>) => setSide(side, change),
  };
  return (
    <fieldset className="samplers-side">
      <legend className="samplers-side__name">Sampler {sideNames[side]}</legend>
      <div className="samplers-side__fields">
        <SamplerFields {...fields} />
        <StepNoiseField {...fields} />
        <NoiseAtEndField {...fields} />
      </div>
    </fieldset>
  );
}
