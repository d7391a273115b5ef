import { Undo2 } from 'lucide-react';
import { Button } from './Button';

interface MessageLineProps {
  /** With `undo`, it can be taken back. */
  message: { tone: 'good' | 'bad'; text: string; undo?: unknown } | null;
  onUndo?: () => void;
}

/** What was done last, with the way back, or why it could not be done. */
export function MessageLine({ message, onUndo }: MessageLineProps) {
  return (
    <div className="notice" data-tone={message?.tone} role={message?.tone === 'bad' ? 'alert' : 'status'}>
      {message && (
        <>
          <p>{message.text}</p>
          {message.undo !== undefined && (
            <Button icon={Undo2} onClick={onUndo}>
              Undo
            </Button>
          )}
        </>
      )}
    </div>
  );
}
