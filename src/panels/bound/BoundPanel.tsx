import { Play, Square } from 'lucide-react';
import type { ReactNode } from 'react';
import type { VarianceChoice } from '../../engine/diffusion/reverse';
import { useStore } from '../../store/store';
import { Button } from '../../ui/controls/Button';
import { NumberField } from '../../ui/controls/NumberField';
import { Panel } from '../../ui/controls/Panel';
import { Segmented } from '../../ui/controls/Segmented';
import { SwitchField } from '../../ui/controls/SwitchField';
import { formatDuration } from '../../ui/formatDuration';
import { DatasetChoice } from '../data/DatasetChoice';
import { useEditingProblem } from '../edit/useEditing';
import { SeedField } from '../edit/WayBackFields';
import { ModelOriginChoice } from '../model/ModelOriginChoice';
import { useModelConfig } from '../model/useModel';
import { explanations } from './explanations';

const variances: { value: VarianceChoice; title: ReactNode }[] = [
  { value: 'beta', title: <span>β{<sub>t</sub>}</span> },
  { value: 'betaTilde', title: <span>β̃{<sub>t</sub>}</span> },
];

/** Whose bound is measured, and how. */
export function BoundPanel() {
  return (
    <Panel
      id="bound"
      title="Bound"
      lead="How well does the model explain pictures that were set apart? The variational bound L limits −log p(x₀) from above: the bits that a picture would cost if the model had to name it exactly."
    >
      <div className="bound-head">
        <div className="bound-head__column">
          <Settings />
          <Run />
        </div>
        <div className="bound-head__column">
          <DatasetChoice />
          <ModelOriginChoice />
        </div>
      </div>
    </Panel>
  );
}

function Settings() {
  const { stretches, pictures, variance, clipX0, seed } = useStore((state) => state.bound.settings);
  const { nSteps } = useModelConfig();
  const set = useStore((state) => state.setBound);
  return (
    <div className="bound-head__fields">
      <NumberField
        label="Steps asked"
        explanation={explanations.stretches}
        value={Math.min(stretches, nSteps - 1)}
        onCommit={(next) => set({ stretches: next })}
        min={1}
        max={nSteps - 1}
        step={10}
        integer
      />
      <NumberField
        label="Pictures"
        explanation={explanations.pictures}
        value={pictures}
        onCommit={(next) => set({ pictures: next })}
        min={2}
        max={256}
        step={8}
        integer
      />
      <Segmented
        label="Variance"
        symbol={
          <>
            σ<sub>t</sub>²
          </>
        }
        explanation={explanations.variance}
        value={variance}
        options={variances}
        onChange={(next) => set({ variance: next })}
      />
      <SeedField seed={seed} onChange={(next) => set({ seed: next })} />
      <SwitchField
        label="Clip"
        symbol={
          <>
            x̂<sub>0</sub>
          </>
        }
        explanation={explanations.clip}
        checked={clipX0}
        onChange={(next) => set({ clipX0: next })}
      />
    </div>
  );
}

function Run() {
  const { status, done, total, secondsLeft, problem } = useStore((state) => state.bound);
  const { measureBound, stopBound } = useStore.getState();
  const blocked = useEditingProblem();
  const share = total > 0 ? done / total : 0;
  return (
    <div className="bound-run" data-status={status}>
      {status === 'running' ? (
        <Button icon={<Square size={15} aria-hidden />} onClick={stopBound}>
          Stop
        </Button>
      ) : (
        <Button
          variant="primary"
          icon={<Play size={16} aria-hidden />}
          disabled={blocked !== null}
          onClick={() => void measureBound()}
        >
          Measure
        </Button>
      )}
      <div className="edit-progress">
        <div
          className="edit-progress__track"
          role="progressbar"
          aria-label="Terms of the bound"
          aria-valuemin={0}
          aria-valuemax={Math.max(1, total)}
          aria-valuenow={done}
          data-status={status}
        >
          <div className="edit-progress__done" style={{ transform: `scaleX(${share})` }} />
        </div>
        <p className="edit-progress__text">
          <span>{total > 0 ? `${done} of ${total} terms` : 'Nothing measured yet'}</span>
          <span>{secondsLeft !== null && `${formatDuration(secondsLeft)} left`}</span>
        </p>
      </div>
      {(blocked ?? problem) && (
        <p className="field__note" role="status">
          {blocked ?? problem}
        </p>
      )}
    </div>
  );
}
