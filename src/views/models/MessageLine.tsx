import { Undo2 } from 'lucide-react';
import { Button } from '../../ui/controls/Button';
import type { Message } from './store';

interface MessageLineProps {
  message: Message | null;
  onUndo: () => void;
}

/** What was done last, with the way back, or why it could not be done. */
export function MessageLine({ message, onUndo }: MessageLineProps) {
  return (
    <div className="notice" data-tone={message?.tone} role={message?.tone === 'bad' ? 'alert' : 'status'}>
      {message && (
        <>
          <p>{message.text}</p>
          {message.undo && (
            <Button icon={Undo2} onClick={onUndo}>
              Undo
            </Button>
          )}
        </>
      )}
    </div>
  );
}
