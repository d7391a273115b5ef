import type { ReactNode } from 'react';
import { SliderField } from '../../ui/controls/SliderField';

interface NoiseTimeFieldProps {
  label?: string;
  explanation: ReactNode;
  t: number;
  /** The least t, 0 (no noise) or 1. */
  from: 0 | 1;
  /** T. */
  nSteps: number;
  /** About how many places it has; one for each t where that is left out. */
  stops?: number;
  onChange: (t: number) => void;
}

/** How many steps of noise, of all T. */
export function NoiseTimeField(props: NoiseTimeFieldProps) {
  const { label = 'Steps of noise', explanation, t, from, nSteps, stops = nSteps, onChange } = props;
  return (
    <SliderField
      label={label}
      symbol="t"
      explanation={explanation}
      value={t}
      min={from}
      max={nSteps}
      step={Math.max(1, Math.round(nSteps / stops))}
      onChange={onChange}
      format={(value) => `${value.toLocaleString('en')} of ${nSteps.toLocaleString('en')}`}
    />
  );
}
