import { samplers } from '../../engine/diffusion/samplers/samplers';
import { stepsFrom, type WayBack } from '../../store/editing';
import { NumberField } from '../../ui/controls/NumberField';
import { SelectField } from '../../ui/controls/SelectField';
import { samplerOptions } from '../sample/samplerOptions';
import { explanations } from './explanations';

interface WayBackFieldsProps extends WayBack {
  /** Steps that there are. */
  t: number;
  onChange: (choice: Partial<WayBack>) => void;
}

/** How the way back from t is walked. */
export function WayBackFields({ sampler, steps, t, onChange }: WayBackFieldsProps) {
  return (
    <>
      <SelectField
        label="Sampler"
        explanation={explanations.sampler}
        value={sampler}
        options={samplerOptions}
        onChange={(next) => {
          const usual = samplers[next].usual.steps;
          onChange({ sampler: next, steps: usual === 'all' ? usual : Math.ceil(usual / 2) });
        }}
      />
      <NumberField
        label="Steps back"
        explanation={explanations.steps}
        value={stepsFrom({ steps }, t)}
        onCommit={(next) => onChange({ steps: next === t ? 'all' : next })}
        min={Math.min(1, t)}
        max={t}
        integer
        disabled={t === 0}
      />
    </>
  );
}
