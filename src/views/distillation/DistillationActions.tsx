import { Play } from 'lucide-react';
import { useState } from 'react';
import { isRunning } from '../../store/studyRunner';
import { Button } from '../../ui/controls/Button';
import { ConfirmDialog } from '../../ui/controls/ConfirmDialog';
import { PauseButton, StopButton } from '../../ui/controls/RunButtons';
import { useDistillation } from './state';

/** Start, pause, stop; asks first where a student would be lost. */
export function DistillationActions({ blocked }: { blocked: boolean }) {
  const [asking, setAsking] = useState(false);
  const status = useDistillation((state) => state.status);
  const loses = useDistillation(({ student }) => student !== null && !student.kept);
  const { distil, pause, resume, stop } = useDistillation.getState();
  const active = isRunning({ status });
  return (
    <div className="row" data-status={status}>
      <Button
        variant="primary"
        icon={Play}
        disabled={blocked || active}
        onClick={() => (loses ? setAsking(true) : void distil())}
      >
        Distil
      </Button>
      <PauseButton paused={status === 'paused'} disabled={!active} onPause={pause} onResume={resume} />
      <StopButton disabled={!active} onStop={stop} />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Train another student?"
        cancel="Keep it"
        confirm="New student"
        onConfirm={() => void distil()}
      >
        The current student was neither downloaded nor used as the model. A new one replaces it.
      </ConfirmDialog>
    </div>
  );
}
