import { Play, Square } from 'lucide-react';
import { useStore } from '../../store/store';
import { Button } from '../../ui/controls/Button';
import { NumberField } from '../../ui/controls/NumberField';
import { Panel } from '../../ui/controls/Panel';
import { ProgressBar } from '../../ui/controls/ProgressBar';
import { formatDuration } from '../../ui/formatDuration';
import { DatasetChoice } from '../data/DatasetChoice';
import { ModelOriginChoice } from '../model/ModelOriginChoice';
import { useEditingProblem } from '../model/useEditingProblem';
import { useModelConfig } from '../model/useModel';
import { ReverseChoices } from '../reverse/ReverseChoices';
import { explanations } from './explanations';

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
  const settings = useStore((state) => state.bound.settings);
  const { stretches, pictures } = settings;
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
      <ReverseChoices choices={settings} explanations={explanations} onChange={set} />
    </div>
  );
}

function Run() {
  const { status, done, total, secondsLeft, problem } = useStore((state) => state.bound);
  const { measureBound, stopBound } = useStore.getState();
  const blocked = useEditingProblem();
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
      <div className="desk-progress">
        <ProgressBar label="Terms of the bound" done={done} total={total} status={status} />
        <p className="progress-bar__text">
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
