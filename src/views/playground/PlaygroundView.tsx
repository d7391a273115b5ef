import { DataPanel } from './data/DataPanel';
import { ForwardPanel } from './forward/ForwardPanel';
import { Opening } from './opening/Opening';
import { SamplePanel } from './sample/SamplePanel';
import { TrainPanel } from './train/TrainPanel';

/** The whole way at the top. On a wide window data and training stand beside each other and the samples below, else all in one column. */
export function PlaygroundView() {
  return (
    <div className="stack">
      <Opening />
      <div className="panels">
        <div className="stack">
          <DataPanel />
          <ForwardPanel />
        </div>
        <TrainPanel />
      </div>
      <SamplePanel />
    </div>
  );
}
