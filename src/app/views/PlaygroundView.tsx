import { DataPanel } from '../../panels/data/DataPanel';
import { ForwardPanel } from '../../panels/forward/ForwardPanel';
import { SamplePanel } from '../../panels/sample/SamplePanel';
import { TrainPanel } from '../../panels/train/TrainPanel';
import './PlaygroundView.css';

/** On a wide window the data is on the left and the model on the right, else all in one column. */
export function PlaygroundView() {
  return (
    <div className="playground">
      <div className="playground__column">
        <DataPanel />
        <ForwardPanel />
      </div>
      <div className="playground__column">
        <TrainPanel />
        <SamplePanel />
      </div>
    </div>
  );
}
