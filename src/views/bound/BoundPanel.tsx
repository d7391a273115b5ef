import { DatasetChoice } from '../../panels/data/DatasetChoice';
import { DrawOrStop } from '../../panels/model/DrawOrStop';
import { ModelOriginChoice } from '../../panels/model/ModelOriginChoice';
import { StudyProgress } from '../../panels/model/StudyProgress';
import { useEditingProblem } from '../../panels/model/useEditingProblem';
import { useStoredStudy } from '../../panels/model/useStoredStudy';
import { Panel } from '../../ui/controls/Panel';
import { Obstacle } from '../../ui/controls/Problem';
import { BoundField } from './help';
import { useBound } from './state';

/** Whose bound is measured, and how. */
export function BoundPanel() {
  return (
    <Panel
      id="bound"
      title="Bound"
      lead="How well does the model explain held-out images? The variational bound L is an upper bound of −log p(x₀): the number of bits that encode an image exactly with this model."
    >
      <div className="columns">
        <div className="stack">
          <Settings />
          <Run />
        </div>
        <div className="stack">
          <DatasetChoice />
          <ModelOriginChoice />
        </div>
      </div>
    </Panel>
  );
}

function Settings() {
  return (
    <div className="fields">
      <BoundField of="stretches" />
      <BoundField of="pictures" />
      <BoundField of="variance" as="segmented" />
      <BoundField of="seed" as="seed" />
      <BoundField of="clipX0" />
    </div>
  );
}

const words = {
  idle: 'Nothing measured yet',
  running: 'Measuring',
  finished: 'The bound is measured',
  unit: 'term',
};

function Run() {
  const run = useBound();
  const blocked = useEditingProblem();
  useStoredStudy(run, blocked !== null);
  return (
    <div className="bound-run beside" data-status={run.status}>
      <StudyProgress label="Terms of the bound" run={run} words={words} blocked={blocked !== null} />
      <DrawOrStop
        label="Measure"
        running={run.status === 'running'}
        disabled={blocked !== null}
        onDraw={run.measure}
        onStop={run.stop}
      />
      <Obstacle className="note wide">{blocked}</Obstacle>
    </div>
  );
}
