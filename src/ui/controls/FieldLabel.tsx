import type { ReactNode } from 'react';
import { MathSymbol } from '../WithSubscripts';
import { Explanation } from './Explanation';
import type { FieldProps } from './FieldProps';
import './field.css';

interface FieldLabelProps extends Pick<FieldProps, 'label' | 'symbol'> {
  id: string;
  /** The control's id, where a <label> can name it; other radix controls take aria-labelledby. */
  htmlFor?: string;
  /** Stands at the right end of the line. */
  end?: ReactNode;
}

/** The line above a control: its name, its symbol and, at the end, its value. */
export function FieldLabel({ id, htmlFor, label, symbol, end }: FieldLabelProps) {
  const name =
    symbol === undefined ? (
      label
    ) : (
      <>
        {label} <MathSymbol text={symbol} />
      </>
    );
  return (
    <>
      <div className="field-label">
        {htmlFor === undefined ? (
          <span id={id}>{name}</span>
        ) : (
          <label id={id} htmlFor={htmlFor}>
            {name}
          </label>
        )}
      </div>
      {end !== undefined && <span className="field-label__end">{end}</span>}
    </>
  );
}

/** The question mark of a control: beside its label to the eye, after the control for the keyboard. */
export function FieldHelp({ label, explanation }: Pick<FieldProps, 'label' | 'explanation'>) {
  return explanation === undefined ? null : <Explanation about={label}>{explanation}</Explanation>;
}
