import { Switch } from 'radix-ui';
import './SwitchField.css';

interface ToggleProps {
  /** Its name for screen readers: in a table the row and the column say it. */
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** On or off, where the label stands elsewhere. */
export function Toggle({ label, checked, onChange }: ToggleProps) {
  return (
    <Switch.Root className="switch" aria-label={label} checked={checked} onCheckedChange={onChange}>
      <Switch.Thumb className="switch__thumb" />
    </Switch.Root>
  );
}
