import { Gauge } from 'lucide-react';
import { useStore as useAny } from 'zustand';
import { engine, useStore } from '../../../store/store';
import { Button } from '../../../ui/controls/Button';
import { Problem } from '../../../ui/controls/Problem';
import { ProgressBar } from '../../../ui/controls/ProgressBar';
import { StopButton } from '../../../ui/controls/RunButtons';
import { counted } from '../../../ui/counted';
import { pageRuns } from '../record/pageRecorder';
import type { Run } from '../record/run';
import { runsStore, useRuns } from '../useRuns';
import { createEvaluating, evaluated, unevaluated } from './evaluateState';

const evaluating = createEvaluating({ page: useStore, runs: runsStore, storage: pageRuns, engine });

/** Measures the quality of the compared runs whose checkpoint is kept. */
export function EvaluateRuns({ runs }: { runs: readonly Run[] }) {
  const kept = useRuns((state) => state.runs);
  const current = useAny(evaluating, (state) => state.current);
  const problem = useAny(evaluating, (state) => state.problem);
  const ready = useStore((state) => state.session.status === 'ready');
  const compared = (kept ?? []).filter(({ id }) => runs.some(({ facts }) => facts.id === id));
  const left = unevaluated(compared);
  if (!current && left.length === 0 && problem === null) return null;
  const { evaluate, stop } = evaluating.getState();
  return (
    <div className="stack gap-2">
      {current ? (
        <>
          <ProgressBar
            label={`Evaluation of ${current.name}`}
            done={current.done}
            total={Math.max(1, current.total)}
            status="running"
          />
          <div className="row">
            <StopButton onStop={stop} />
            <span className="note">Evaluating {current.name}</span>
          </div>
        </>
      ) : (
        left.length > 0 && (
          <div className="row">
            <Button icon={Gauge} disabled={!ready} onClick={() => void evaluate(left)}>
              Evaluate {counted(left.length, 'run')}
            </Button>
            <span className="note">
              Draws {evaluated.count} samples from each last checkpoint, with {evaluated.steps} steps of DDIM.
            </span>
          </div>
        )
      )}
      <Problem>{problem}</Problem>
    </div>
  );
}
