import { Pause, Play, Square } from 'lucide-react';
import { Button } from './Button';

interface PauseButtonProps {
  paused: boolean;
  /** What resumes it where it is paused. */
  resumeLabel?: string;
  disabled?: boolean;
  onPause: () => void;
  onResume: () => void;
}

/** Pauses what runs, or resumes it. */
export function PauseButton(props: PauseButtonProps) {
  const { paused, resumeLabel = 'Resume', disabled = false, onPause, onResume } = props;
  return (
    <Button
      className="button--pause"
      icon={paused ? Play : Pause}
      disabled={disabled}
      onClick={paused ? onResume : onPause}
    >
      {paused ? resumeLabel : 'Pause'}
    </Button>
  );
}

interface StopButtonProps {
  label?: string;
  disabled?: boolean;
  onStop: () => void;
}

export function StopButton({ label = 'Stop', disabled = false, onStop }: StopButtonProps) {
  return (
    <Button icon={Square} iconSize={15} disabled={disabled} onClick={onStop}>
      {label}
    </Button>
  );
}
