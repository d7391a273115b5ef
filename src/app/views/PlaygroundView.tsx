import { DataPanel } from '../../panels/data/DataPanel';
import { ForwardPanel } from '../../panels/forward/ForwardPanel';
import { SamplePanel } from '../../panels/sample/SamplePanel';
import { TrainPanel } from '../../panels/train/TrainPanel';
import './PlaygroundView.css';

/** On a wide window data and training stand beside each other and the samples below, else all in one column. */
export function PlaygroundView() {
  return (
    <div className="playground">
      <div className="playground__column">
        <DataPanel />
        <ForwardPanel />
      </div>
      <TrainPanel />
      <div className="playground__whole">
        <SamplePanel />
      </div>
    </div>
  );
}
