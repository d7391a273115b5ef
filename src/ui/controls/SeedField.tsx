import { Dices } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './IconButton';
import { NumberField } from './NumberField';

interface SeedFieldProps {
  seed: number;
  explanation: ReactNode;
  onChange: (seed: number) => void;
  /** What the die says, and the seed that it gives; the next one where it says nothing else. */
  dieLabel?: string;
  roll?: () => number;
}

/** A seed, 0 … 2³² − 1, with a die for another. */
export function SeedField(props: SeedFieldProps) {
  const { seed, explanation, onChange, dieLabel = 'New noise', roll = () => seed + 1 } = props;
  return (
    <div className="beside gap-1">
      <NumberField
        label="Seed"
        explanation={explanation}
        value={seed}
        onCommit={onChange}
        min={0}
        max={2 ** 32 - 1}
        integer
      />
      <IconButton label={dieLabel} icon={Dices} onClick={() => onChange(roll())} />
    </div>
  );
}
