import type { ReactNode } from 'react';
import type { VarianceChoice } from '../../engine/diffusion/reverse';
import { Segmented } from '../../ui/controls/Segmented';
import { SwitchField } from '../../ui/controls/SwitchField';
import { NoiseSeedField } from '../model/NoiseSeedField';

interface Choices {
  variance: VarianceChoice;
  seed: number;
  clipX0: boolean;
}

interface ReverseChoicesProps {
  choices: Choices;
  explanations: { variance: ReactNode; clip: ReactNode };
  onChange: (choice: Partial<Choices>) => void;
}

const variances: { value: VarianceChoice; title: ReactNode }[] = [
  { value: 'beta', title: <span>β{<sub>t</sub>}</span> },
  { value: 'betaTilde', title: <span>β̃{<sub>t</sub>}</span> },
];

/** What is chosen of p_θ(x_{t−1} | x_t): its variance, the seed of the noise, and whether x̂₀ is clipped. */
export function ReverseChoices({ choices, explanations, onChange }: ReverseChoicesProps) {
  const { variance, seed, clipX0 } = choices;
  return (
    <>
      <Segmented
        label="Variance"
        symbol={
          <>
            σ<sub>t</sub>²
          </>
        }
        explanation={explanations.variance}
        value={variance}
        options={variances}
        onChange={(next) => onChange({ variance: next })}
      />
      <NoiseSeedField seed={seed} onChange={(next) => onChange({ seed: next })} />
      <SwitchField
        label="Clip"
        symbol={
          <>
            x̂<sub>0</sub>
          </>
        }
        explanation={explanations.clip}
        checked={clipX0}
        onChange={(next) => onChange({ clipX0: next })}
      />
    </>
  );
}
