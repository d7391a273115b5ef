import { comparisonProblem } from '../../store/comparisonSlice';
import { useStore } from '../../store/store';
import { Panel } from '../../ui/controls/Panel';
import { DatasetChoice } from '../data/DatasetChoice';
import { ModelOriginChoice } from '../model/ModelOriginChoice';
import { SharedEngineNote } from '../model/SharedEngineNote';
import './samplers.css';

/** Whose model the samplers ask, and for pictures of what. */
export function SamplersHeadPanel() {
  const problem = useStore(comparisonProblem);
  return (
    <Panel
      id="samplers"
      title="Samplers"
      lead="One trained model, many ways back from noise to pictures. Each way asks the network a number of times: what does it get for that?"
    >
      <div className="samplers-head">
        <DatasetChoice />
        <div className="samplers">
          <ModelOriginChoice />
          <SharedEngineNote />
          {problem && (
            <p className="field__note" role="status">
              {problem}
            </p>
          )}
        </div>
      </div>
    </Panel>
  );
}
