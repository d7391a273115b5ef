import { Check, ChevronDown } from 'lucide-react';
import { Select } from 'radix-ui';
import { useId } from 'react';
import { FieldHelp, FieldLabel } from './FieldLabel';
import type { FieldProps } from './FieldProps';
import './SelectField.css';

export interface Option<Value extends string = string> {
  value: Value;
  title: string;
  description?: string;
}

interface SelectFieldProps<Value extends string> extends FieldProps {
  value: Value;
  options: readonly Option<Value>[];
  onChange: (value: Value) => void;
}

/** One of several, in a list that opens; each option may explain itself in a second line. */
export function SelectField<Value extends string>(props: SelectFieldProps<Value>) {
  const { label, symbol, explanation, value, options, onChange, disabled = false } = props;
  const id = useId();
  return (
    <div className="field">
      <FieldLabel id={`${id}-label`} htmlFor={id} label={label} symbol={symbol} />
      <Select.Root value={value} onValueChange={(next) => onChange(next as Value)} disabled={disabled}>
        <Select.Trigger id={id} className="field__box select">
          <span className="select__value">
            <Select.Value>{options.find((option) => option.value === value)?.title}</Select.Value>
          </span>
          <Select.Icon className="select__arrow">
            <ChevronDown size={16} aria-hidden />
          </Select.Icon>
        </Select.Trigger>
        <Select.Portal>
          <Select.Content className="select__list" position="popper" sideOffset={4} collisionPadding={8}>
            <Select.Viewport>
              {options.map((option) => (
                <Select.Item
                  key={option.value}
                  value={option.value}
                  className="select__option"
                  textValue={option.title}
                >
                  <span className="select__check">
                    <Select.ItemIndicator>
                      <Check size={15} aria-hidden />
                    </Select.ItemIndicator>
                  </span>
                  <span>
                    <Select.ItemText>{option.title}</Select.ItemText>
                    {option.description && <span className="select__description">{option.description}</span>}
                  </span>
                </Select.Item>
              ))}
            </Select.Viewport>
          </Select.Content>
        </Select.Portal>
      </Select.Root>
      <FieldHelp label={label} explanation={explanation} />
    </div>
  );
}
