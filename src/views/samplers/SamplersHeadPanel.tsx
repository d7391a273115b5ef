import { DataAndModel } from '../../panels/model/DataAndModel';
import { useStore } from '../../store/store';
import { Panel } from '../../ui/controls/Panel';
import { comparisonProblem } from './comparisonState';
import './samplers.css';

/** Whose model the samplers ask, and for images of what. */
export function SamplersHeadPanel() {
  const problem = useStore(comparisonProblem);
  return (
    <Panel
      id="samplers"
      title="Samplers"
      lead="One trained model, several samplers. How good are the images for a given number of network evaluations?"
    >
      <DataAndModel shares obstacle={problem} />
    </Panel>
  );
}
