import { samplerOf } from '../../../engine/diffusion/samplers/samplers';
import { useModelConfig } from '../../../panels/model/useModel';
import { SamplingField } from '../../../panels/sampling/SamplingField';
import { Fold } from '../../../panels/settings/Fold';
import { stepsOf } from '../../../settings/samplingSettings';
import { useStore } from '../../../store/store';
import { counted } from '../../../ui/counted';
import { ClassFields } from './ClassFields';

/** All settings of the next run, folded under what they say. */
export function SampleSettings() {
  const settings = useStore((state) => state.values.sampling);
  const config = useModelConfig();
  const { sampler, count, seed, guidance } = settings;
  const steps = stepsOf(settings, config);
  return (
    <Fold
      id="sampling"
      title="Sampler"
      summary={[
        samplerOf(sampler).title,
        counted(steps, 'step'),
        `${count} images`,
        `seed ${seed}`,
        ...(config.nClasses > 0 ? [`guidance ${guidance.toFixed(2)}`] : []),
      ].join(' · ')}
    >
      <div className="fields">
        <SamplingField of="sampler" />
        <SamplingField of="steps" />
        <SamplingField of="spacing" />
        <SamplingField of="count" />
        <SamplingField
          of="seed"
          as="seed"
          dieLabel="New seed"
          roll={() => Math.floor(Math.random() * 100_000)}
        />
        <SamplingField of="eta" as="slider" />
        <SamplingField of="variance" as="segmented" />
        <SamplingField of="weights" as="segmented" />
        <ClassFields />
        <SamplingField of="clipX0" />
        <SamplingField of="noiseAtEnd" />
      </div>
    </Fold>
  );
}
