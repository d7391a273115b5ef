import { Play } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useStore } from '../../../store/store';
import { hasTrained } from '../../../store/trainingState';
import { Button } from '../../../ui/controls/Button';
import { ConfirmDialog } from '../../../ui/controls/ConfirmDialog';
import type { GridRun } from './grid';
import type { Base } from './planState';
import { queueStore } from './usePlan';

interface StartButtonProps {
  base: Base;
  runs: readonly GridRun[];
  inTurns: boolean;
  problem: string | null;
  children: ReactNode;
}

/** Trains the planned runs; asks first where a trained model would give way to theirs. */
export function StartButton({ base, runs, inTurns, problem, children }: StartButtonProps) {
  const [asking, setAsking] = useState(false);
  const ready = useStore((state) => state.session.status === 'ready' && !state.training.isRestoring);
  const start = () => void queueStore.getState().start(base.dataset, runs, inTurns);
  return (
    <>
      <Button
        variant="primary"
        icon={Play}
        disabled={problem !== null || !ready}
        onClick={() => (hasTrained(useStore.getState().training) ? setAsking(true) : start())}
      >
        {children}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Train new models?"
        cancel="Keep this model"
        confirm="Train"
        onConfirm={start}
      >
        Each run starts from random weights, in place of the model in training. If that model was trained in
        this visit, its checkpoint is kept with its run.
      </ConfirmDialog>
    </>
  );
}
