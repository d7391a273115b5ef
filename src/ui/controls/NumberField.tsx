import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { actionOf } from '../keyboard/actionOf';
import { FieldHelp, FieldLabel } from './FieldLabel';
import type { FieldProps } from './FieldProps';
import { Problem } from './Problem';
import { formatNumber, parseNumber, typedNumber } from './parseNumber';
import { stepNumber } from './stepNumber';

interface NumberFieldProps extends FieldProps {
  value: number;
  /** Called with a number inside the limits, on Enter, on leaving the field and at each arrow key. */
  onCommit: (value: number) => void;
  min?: number;
  max?: number;
  /** What an arrow key adds; Shift or Page keys take ten. */
  step?: number;
  integer?: boolean;
  /** What is wrong with the committed value, where more than its own limits decides. */
  problem?: string | undefined;
  /** Called with the message whenever what is typed is not valid, and with null when it is again or is taken back. */
  onDraft?: (problem: string | null) => void;
}

const steps = { more: 1, less: -1, muchMore: 10, muchLess: -10 };

/** A number to type. What was typed stays until it is valid; the message below names the limit as soon as it is not. */
export function NumberField(props: NumberFieldProps) {
  const { label, value, onCommit, min, max, integer, problem, disabled = false } = props;
  const step = props.step ?? 1;
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const parsed = draft === null ? null : parseNumber(draft, { min, max, integer });
  const draftProblem = parsed && 'problem' in parsed ? parsed.problem : null;
  const message = draftProblem ?? problem;
  useDraftNote(draftProblem, props.onDraft);

  function commit() {
    if (!parsed || 'problem' in parsed) return;
    setDraft(null);
    if (parsed.value !== value) onCommit(parsed.value);
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    const action = actionOf('numberField', event);
    if (action === null) return;
    if (action === 'take') return commit();
    if (action === 'leave') return setDraft(null);
    event.preventDefault();
    const from = parsed && 'value' in parsed ? parsed.value : value;
    setDraft(null);
    onCommit(stepNumber(from, steps[action], step, { min, max }));
  }

  return (
    <div className="field">
      <FieldLabel id={`${id}-label`} htmlFor={id} label={label} symbol={props.symbol} />
      {/* Not type=number: that hides what was typed when it is no number, so no message could quote it. */}
      <input
        id={id}
        className="field__box"
        role="spinbutton"
        {...spokenRange({ now: value, min, max })}
        inputMode={integer ? 'numeric' : 'decimal'}
        autoComplete="off"
        spellCheck={false}
        disabled={disabled}
        // Nothing is being typed: the keys of the page that type nothing work here too.
        data-untouched={draft === null || undefined}
        value={draft ?? typedNumber(value)}
        aria-invalid={message !== undefined}
        aria-describedby={message === undefined ? undefined : `${id}-problem`}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={onKeyDown}
      />
      <FieldHelp label={label} explanation={props.explanation} />
      {message !== undefined && (
        <Problem id={`${id}-problem`}>
          {message}
          {draftProblem !== null && ` In use: ${formatNumber(value)}.`}
        </Problem>
      )}
    </div>
  );
}

/** The range for screen readers, whose numbers have no exponent. */
function spokenRange(range: Record<'now' | 'min' | 'max', number | undefined>): Record<string, string> {
  const spoken: Record<string, string> = {};
  for (const [name, value] of Object.entries(range))
    if (value !== undefined)
      spoken[`aria-value${name}`] = value.toLocaleString('en', {
        useGrouping: false,
        maximumFractionDigits: 20,
      });
  return spoken;
}

function useDraftNote(problem: string | null, note: ((problem: string | null) => void) | undefined) {
  const latest = useRef(note);
  useEffect(() => {
    latest.current = note;
  });
  useEffect(() => {
    if (problem === null) return;
    latest.current?.(problem);
    return () => latest.current?.(null);
  }, [problem]);
}
