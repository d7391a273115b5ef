import { useId } from 'react';
import { nameProblem } from '../../engine/names';
import { FieldHelp, FieldLabel } from './FieldLabel';
import type { FieldProps } from './FieldProps';
import { Problem } from './Problem';

interface TextFieldProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  /** Longer text stays as it was typed, and the limit is said. */
  maxLength?: number;
  /** What was written before, to choose from. */
  suggestions?: readonly string[];
}

/** A line of text. */
export function TextField(props: TextFieldProps) {
  const { label, explanation, value, onChange, placeholder, maxLength, suggestions = [], disabled } = props;
  const id = useId();
  const problem = maxLength === undefined ? null : nameProblem(value, maxLength);
  return (
    <div className="field">
      <FieldLabel id={`${id}-label`} htmlFor={id} label={label} />
      <input
        id={id}
        type="text"
        className="field__box"
        autoComplete="off"
        value={value}
        placeholder={placeholder}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : `${id}-problem`}
        disabled={disabled}
        list={suggestions.length > 0 ? `${id}-suggestions` : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      <FieldHelp label={label} explanation={explanation} />
      <Problem id={`${id}-problem`}>{problem}</Problem>
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
