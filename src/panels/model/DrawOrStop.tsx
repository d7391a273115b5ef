import { Play } from 'lucide-react';
import { Button } from '../../ui/controls/Button';
import { StopButton } from '../../ui/controls/RunButtons';

interface DrawOrStopProps {
  /** What starts it. */
  label: string;
  stopLabel?: string;
  running: boolean;
  disabled: boolean;
  /** Where it also starts by itself. */
  quiet?: boolean;
  onDraw: () => Promise<void>;
  onStop: () => void;
}

/** One button: it draws, and stops while it is drawn. */
export function DrawOrStop(props: DrawOrStopProps) {
  const { label, stopLabel = 'Stop', running, disabled, quiet = false, onDraw, onStop } = props;
  if (running) return <StopButton label={stopLabel} onStop={onStop} />;
  return (
    <Button
      variant={quiet ? 'quiet' : 'primary'}
      icon={Play}
      disabled={disabled}
      onClick={() => void onDraw()}
    >
      {label}
    </Button>
  );
}
