import { Redo2, Undo2 } from 'lucide-react';
import { IconButton } from '../controls/IconButton';

interface HistoryButtonsProps {
  /** What can be taken back, and what can be brought back. */
  history: Record<'past' | 'future', readonly unknown[]>;
  onUndo: () => void;
  onRedo: () => void;
}

/** Undo and redo. */
export function HistoryButtons({ history, onUndo, onRedo }: HistoryButtonsProps) {
  return (
    <>
      <IconButton label="Undo" icon={Undo2} disabled={history.past.length === 0} onClick={onUndo} />
      <IconButton label="Redo" icon={Redo2} disabled={history.future.length === 0} onClick={onRedo} />
    </>
  );
}
