import { RadioGroup } from 'radix-ui';
import { type ReactNode, useId } from 'react';
import { WithSubscripts } from '../WithSubscripts';
import { FieldHelp, FieldLabel } from './FieldLabel';
import type { FieldProps } from './FieldProps';
import './Segmented.css';

interface SegmentedProps<Value extends string> extends FieldProps {
  value: Value;
  /** The subscripts of a title are lowered where it is a text. */
  options: readonly { value: Value; title: ReactNode }[];
  onChange: (value: Value) => void;
  /** Keeps the label for screen readers only. */
  labelHidden?: boolean;
}

/** One of a few, all in sight side by side; arrow keys move. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const { label, symbol, explanation, value, options, onChange, labelHidden = false } = props;
  const id = useId();
  return (
    <div className="field">
      {labelHidden ? (
        <span id={id} className="visually-hidden">
          {label}
        </span>
      ) : (
        <FieldLabel id={id} label={label} symbol={symbol} />
      )}
      <RadioGroup.Root
        className="segmented"
        aria-labelledby={id}
        value={value}
        onValueChange={(next) => onChange(next as Value)}
        disabled={props.disabled ?? false}
        orientation="horizontal"
      >
        {options.map((option) => (
          <RadioGroup.Item key={option.value} value={option.value} className="segmented__option">
            {typeof option.title === 'string' ? <WithSubscripts text={option.title} /> : option.title}
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
      {!labelHidden && <FieldHelp label={label} explanation={explanation} />}
    </div>
  );
}
