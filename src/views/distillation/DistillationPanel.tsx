import { useShallow } from 'zustand/react/shallow';
import { DatasetChoice } from '../../panels/data/DatasetChoice';
import { ModelOriginChoice } from '../../panels/model/ModelOriginChoice';
import { SharedEngineNote } from '../../panels/model/SharedEngineNote';
import { useModelConfig } from '../../panels/model/useModel';
import { useStore } from '../../store/store';
import { Panel } from '../../ui/controls/Panel';
import { DistillationActions } from './DistillationActions';
import { DistillationProgress } from './DistillationProgress';
import { DistillationField } from './help';
import { distillationProblem, fieldProblems } from './problems';

/** Whose model teaches, and how the student learns. */
export function DistillationPanel() {
  const problem = useStore(distillationProblem);
  const problems = useStore(useShallow(fieldProblems));
  const saidAtField = Object.keys(problems).length > 0;
  return (
    <Panel
      id="distillation"
      title="Few steps"
      lead="Sampling takes many network evaluations. Distillation trains a student network that draws the images of its teacher in only a few."
    >
      <div className="columns">
        <div className="stack">
          <Settings problems={problems} />
          <DistillationActions blocked={problem !== null} />
          <DistillationProgress blocked={problem !== null} />
          {problem !== null && !saidAtField && (
            <p className="note" role="status">
              {problem}
            </p>
          )}
        </div>
        <div className="stack">
          <DatasetChoice />
          <ModelOriginChoice />
          <SharedEngineNote />
        </div>
      </div>
    </Panel>
  );
}

function Settings({ problems }: { problems: Readonly<Record<string, string>> }) {
  const { nClasses } = useModelConfig();
  return (
    <div className="stack gap-3">
      <DistillationField of="method" as="segmented" />
      <div className="fields">
        <DistillationField of="teacherSteps" problem={problems.teacherSteps} />
        <DistillationField of="studentSteps" problem={problems.studentSteps} />
        <DistillationField of="steps" problem={problems.steps} />
        <DistillationField of="pairs" />
        <DistillationField of="batchSize" />
        <DistillationField of="learningRate" />
        <DistillationField of="emaDecay" />
        {nClasses > 0 && <DistillationField of="guidance" />}
        <DistillationField of="samples" />
        <DistillationField of="seed" as="seed" />
      </div>
    </div>
  );
}
