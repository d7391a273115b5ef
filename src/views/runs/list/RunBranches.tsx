import { FileCode, FolderOpen, Repeat2, SlidersHorizontal } from 'lucide-react';
import { useStore } from '../../../store/store';
import { isTraining } from '../../../store/trainingState';
import { Button } from '../../../ui/controls/Button';
import type { RunFacts } from '../record/run';
import { planStore } from '../repeat/usePlan';
import { settingsProblem } from '../runActions';
import type { KeptRun } from '../storage/runStorage';
import { actions } from '../useRuns';

/** Ways on from a run: its settings, one of them changed, or its checkpoint. */
export function RunBranches({ run, facts }: { run: KeptRun; facts: RunFacts }) {
  const unknown = useStore((state) => settingsProblem(state, facts));
  const training = useStore((state) => isTraining(state.training));
  const busy = training ? 'Pause the training first.' : null;
  const { name, checkpoint } = run;
  const again = () => {
    planStore.getState().begin(facts);
    document.getElementById('repeat-title')?.focus();
  };
  return (
    <div className="row">
      <Button
        icon={SlidersHorizontal}
        aria-label={`Use the settings of ${name}`}
        disabled={(unknown ?? busy) !== null}
        title={unknown ?? busy ?? undefined}
        onClick={() => void actions.takeSettings(facts)}
      >
        Use these settings
      </Button>
      <Button
        icon={Repeat2}
        aria-label={`Train the same as ${name} with another setting`}
        disabled={unknown !== null}
        title={unknown ?? undefined}
        onClick={again}
      >
        The same with…
      </Button>
      {checkpoint && (
        <Button
          icon={FolderOpen}
          aria-label={`Open the checkpoint of ${name}`}
          disabled={busy !== null}
          title={busy ?? undefined}
          onClick={() => void actions.openCheckpoint(run)}
        >
          {checkpoint.step === facts.step
            ? 'Open its checkpoint'
            : `Open its checkpoint of step ${checkpoint.step.toLocaleString('en')}`}
        </Button>
      )}
      <Button
        icon={FileCode}
        aria-label={`Export ${name} as code`}
        onClick={() => void actions.exportCode(run, facts)}
      >
        Export as code
      </Button>
    </div>
  );
}
