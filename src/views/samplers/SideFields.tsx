import { SamplersField } from './help';
import { sideNames } from './sideNames';

/** The sampler of one side, with only the options that it has. */
export function SideFields({ side }: { side: 'a' | 'b' }) {
  return (
    <fieldset className="card">
      <legend className="title">Sampler {sideNames[side === 'a' ? 0 : 1]}</legend>
      <div className="fields">
        <SamplersField of={`${side}.sampler`} />
        <SamplersField of={`${side}.steps`} />
        <SamplersField of={`${side}.spacing`} />
        <SamplersField of={`${side}.eta`} as="slider" />
        <SamplersField of={`${side}.variance`} as="segmented" />
        <SamplersField of={`${side}.noiseAtEnd`} />
      </div>
    </fieldset>
  );
}
