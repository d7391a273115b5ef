import { DatasetChoice } from '../../panels/data/DatasetChoice';
import { ModelOriginChoice } from '../../panels/model/ModelOriginChoice';
import { SharedEngineNote } from '../../panels/model/SharedEngineNote';
import { useStore } from '../../store/store';
import { Panel } from '../../ui/controls/Panel';
import { Obstacle } from '../../ui/controls/Problem';
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
      <div className="columns">
        <DatasetChoice />
        <div className="stack gap-3">
          <ModelOriginChoice />
          <SharedEngineNote />
          <Obstacle>{problem}</Obstacle>
        </div>
      </div>
    </Panel>
  );
}
