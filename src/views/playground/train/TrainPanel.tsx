import { LossByTimeFigure } from '../../../panels/training/LossByTimeFigure';
import { TrainActions } from '../../../panels/training/TrainActions';
import { TrainNotices } from '../../../panels/training/TrainNotices';
import { TrainProgress } from '../../../panels/training/TrainProgress';
import { useStore } from '../../../store/store';
import { Panel } from '../../../ui/controls/Panel';
import { ProfileView } from '../profile/ProfileView';
import { LossFigure } from './LossFigure';
import { ModelSize } from './ModelSize';
import { ModelSizeChoice } from './ModelSizeChoice';
import { SamplesFigure } from './SamplesFigure';
import { TrainEquation } from './TrainEquation';
import { TrainSettings } from './TrainSettings';
import './TrainPanel.css';

/** The U-Net learns to predict the noise in an image: choose its size, train it, watch its loss and its samples. */
export function TrainPanel() {
  const status = useStore((state) => state.training.status);
  return (
    <Panel
      id="train"
      title="Train"
      lead="A U-Net learns to predict the noise in noisy images, live on your machine."
      actions={<a href="#/models">Save or open a model</a>}
    >
      <div className="stack" data-status={status}>
        <div className="train__first">
          <ModelSizeChoice />
          <ModelSize />
        </div>
        <TrainActions />
        <TrainNotices />
        <TrainProgress />
        <TrainEquation />
        <div className="train__live">
          <div className="stack gap-3">
            <LossFigure />
            <LossByTimeFigure />
          </div>
          <SamplesFigure />
        </div>
        <TrainSettings />
        <ProfileView />
      </div>
    </Panel>
  );
}
