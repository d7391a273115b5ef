import { type KeyboardEvent, useState } from 'react';
import { actionOf } from '../keyboard/actionOf';

interface NameFieldProps {
  /** As it is now. */
  name: string;
  /** Gets another name, where one was taken. */
  onName: (name: string) => unknown;
  onDone: () => void;
}

/** Enter and leaving the field take the name, Escape leaves it as it was. */
export function NameField({ name, onName, onDone }: NameFieldProps) {
  const [draft, setDraft] = useState(name);
  const commit = () => {
    onDone();
    if (draft !== name) void onName(draft);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const action = actionOf('checkpointName', event);
    if (action === 'take') commit();
    else if (action === 'leave') onDone();
  };
  return (
    <input
      className="field__box grow"
      aria-label={`New name of ${name}`}
      value={draft}
      // biome-ignore lint/a11y/noAutofocus: the button that opens it was just pressed.
      autoFocus
      onFocus={({ target }) => target.select()}
      onChange={({ target }) => setDraft(target.value)}
      onBlur={commit}
      onKeyDown={onKeyDown}
    />
  );
}
