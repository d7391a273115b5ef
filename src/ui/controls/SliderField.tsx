import { Slider } from 'radix-ui';
import { useId } from 'react';
import { FieldHelp, FieldLabel } from './FieldLabel';
import type { FieldProps } from './FieldProps';
import { formatNumber } from './parseNumber';
import './slider.css';

interface SliderFieldProps extends FieldProps {
  value: number;
  min: number;
  max: number;
  step?: number;
  onChange: (value: number) => void;
  format?: (value: number) => string;
}

/** A labelled slider with its value at the right. Arrow keys move a step, Page keys ten, Home and End to the ends. */
export function SliderField(props: SliderFieldProps) {
  const { label, symbol, explanation, value, min, max, step = 1, onChange, format = formatNumber } = props;
  const id = useId();
  return (
    <div className="field">
      <FieldLabel id={id} label={label} symbol={symbol} end={format(value)} />
      <Slider.Root
        className="slider"
        value={[value]}
        min={min}
        max={max}
        step={step}
        disabled={props.disabled ?? false}
        onValueChange={([next]) => next !== undefined && onChange(next)}
      >
        <Slider.Track className="slider__track">
          <Slider.Range className="slider__range" />
        </Slider.Track>
        <Slider.Thumb className="slider__thumb" aria-labelledby={id} aria-valuetext={format(value)} />
      </Slider.Root>
      <FieldHelp label={label} explanation={explanation} />
    </div>
  );
}
