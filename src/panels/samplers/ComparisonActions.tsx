import { ArrowLeftRight, Pause, Play, Square, Target } from 'lucide-react';
import { comparisonProblem, isComparing } from '../../store/comparisonSlice';
import { useStore } from '../../store/store';
import { Button } from '../../ui/controls/Button';

/** Start, hold, stop; and two ways to set the sides. */
export function ComparisonActions() {
  const status = useStore((state) => state.comparison.status);
  const blocked = useStore((state) => comparisonProblem(state) !== null);
  const { runComparison, pauseComparison, resumeComparison, stopComparison, swapSides, setSide } =
    useStore.getState();
  const active = isComparing({ status });
  return (
    <div className="samplers-actions">
      <Button
        variant="primary"
        icon={<Play size={16} aria-hidden />}
        disabled={blocked}
        onClick={() => void runComparison()}
      >
        Compare
      </Button>
      {status === 'paused' ? (
        <Button
          className="samplers-actions__hold"
          icon={<Play size={16} aria-hidden />}
          onClick={resumeComparison}
        >
          Resume
        </Button>
      ) : (
        <Button
          className="samplers-actions__hold"
          icon={<Pause size={16} aria-hidden />}
          disabled={status !== 'running'}
          onClick={pauseComparison}
        >
          Pause
        </Button>
      )}
      <Button icon={<Square size={15} aria-hidden />} disabled={!active} onClick={stopComparison}>
        Stop
      </Button>
      <Button icon={<ArrowLeftRight size={16} aria-hidden />} onClick={swapSides}>
        Swap A and B
      </Button>
      <Button
        icon={<Target size={16} aria-hidden />}
        onClick={() => setSide(1, { sampler: 'ddim', steps: 'all', spacing: 'even', eta: 0 })}
      >
        B: DDIM over all T steps
      </Button>
    </div>
  );
}
