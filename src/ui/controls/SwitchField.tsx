import { Switch } from 'radix-ui';
import { useId } from 'react';
import { FieldHelp, FieldLabel } from './FieldLabel';
import type { FieldProps } from './FieldProps';
import './SwitchField.css';

interface SwitchFieldProps extends FieldProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** On or off, in one line. */
export function SwitchField({
  label,
  symbol,
  explanation,
  checked,
  onChange,
  disabled = false,
}: SwitchFieldProps) {
  const id = useId();
  return (
    <div className="switch-field">
      <Switch.Root
        id={id}
        className="switch"
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled}
      >
        <Switch.Thumb className="switch__thumb" />
      </Switch.Root>
      <FieldLabel id={`${id}-label`} htmlFor={id} label={label} symbol={symbol} />
      <FieldHelp label={label} explanation={explanation} />
    </div>
  );
}
