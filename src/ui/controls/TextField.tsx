import { useId } from 'react';
import { FieldLabel } from './FieldLabel';
import type { FieldProps } from './FieldProps';

interface TextFieldProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  maxLength?: number;
  /** What was written before, to choose from. */
  suggestions?: readonly string[];
}

/** A line of text. */
export function TextField(props: TextFieldProps) {
  const { label, explanation, value, onChange, placeholder, maxLength, suggestions = [], disabled } = props;
  const id = useId();
  return (
    <div className="field">
      <FieldLabel id={`${id}-label`} htmlFor={id} label={label} explanation={explanation} />
      <input
        id={id}
        type="text"
        className="field__box"
        autoComplete="off"
        value={value}
        placeholder={placeholder}
        maxLength={maxLength}
        disabled={disabled}
        list={suggestions.length > 0 ? `${id}-suggestions` : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {suggestions.length > 0 && (
        <datalist id={`${id}-suggestions`}>
          {suggestions.map((text) => (
            <option key={text} value={text} />
          ))}
        </datalist>
      )}
    </div>
  );
}
