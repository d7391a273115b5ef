import { LossByTimeFigure } from '../../panels/training/LossByTimeFigure';
import { TrainActions } from '../../panels/training/TrainActions';
import { TrainProgress } from '../../panels/training/TrainProgress';
import { Panel } from '../../ui/controls/Panel';

/** The error by t while the user's own model learns. */
export function LiveLossPanel() {
  return (
    <Panel
      id="live-loss"
      title="Training error by t"
      lead="Every batch draws its own t. This is the mean squared error at each t while the model learns."
    >
      <div className="stack">
        <TrainActions />
        <TrainProgress />
        <LossByTimeFigure />
      </div>
    </Panel>
  );
}
