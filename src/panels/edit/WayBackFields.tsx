import { Dices } from 'lucide-react';
import { type SamplerId, samplers } from '../../engine/diffusion/samplers/samplers';
import { stepsFrom, type WayBack } from '../../store/editing';
import { largestSeed } from '../../store/samplingSettings';
import { IconButton } from '../../ui/controls/IconButton';
import { NumberField } from '../../ui/controls/NumberField';
import { SelectField } from '../../ui/controls/SelectField';
import { explanations } from './explanations';

const samplerOptions = Object.entries(samplers).map(([id, { title, description }]) => ({
  value: id as SamplerId,
  title,
  description,
}));

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

/** The seed of all noise, with a die for another. */
export function SeedField({ seed, onChange }: { seed: number; onChange: (seed: number) => void }) {
  return (
    <div className="edit-seed">
      <NumberField
        label="Seed"
        explanation={explanations.seed}
        value={seed}
        onCommit={onChange}
        min={0}
        max={largestSeed}
        integer
      />
      <IconButton
        label="New noise"
        icon={<Dices size={16} aria-hidden />}
        onClick={() => onChange(seed + 1)}
      />
    </div>
  );
}
