import { useShallow } from 'zustand/react/shallow';
import { DataAndModel } from '../../panels/model/DataAndModel';
import { useStore } from '../../store/store';
import { Panel } from '../../ui/controls/Panel';
import { distillationProblem, fieldProblems } from './problems';

/** Whose model teaches, and for images of what. */
export function DistillationHeadPanel() {
  const problem = useStore(distillationProblem);
  const problems = useStore(useShallow(fieldProblems));
  const saidAtField = Object.keys(problems).length > 0;
  return (
    <Panel
      id="distillation"
      title="Few steps"
      lead="Sampling takes many network evaluations. Distillation trains a student network that draws the images of its teacher in only a few."
    >
      <DataAndModel shares obstacle={!saidAtField && problem} />
    </Panel>
  );
}
