import type { ReactNode } from 'react';

/** What every labelled control has. */
export interface FieldProps {
  label: string;
  /** The field's symbol in the equations, "T" or "β_t". */
  symbol?: string | undefined;
  /** Text of the popover behind the question mark. */
  explanation?: ReactNode;
  disabled?: boolean;
}
