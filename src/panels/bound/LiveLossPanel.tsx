import { Panel } from '../../ui/controls/Panel';
import { LossByTimeFigure } from '../train/LossByTimeFigure';
import { TrainActions } from '../train/TrainActions';
import { TrainProgress } from '../train/TrainProgress';

/** The error by t while a model of one's own learns. */
export function LiveLossPanel() {
  return (
    <Panel
      id="live-loss"
      title="Error by t, in training"
      lead="Every batch draws its own t: here is the mean squared error at each, as it is learned."
    >
      <div className="bound-terms">
        <TrainActions />
        <TrainProgress />
        <LossByTimeFigure />
      </div>
    </Panel>
  );
}
