import { useStore } from '../../store/store';
import { Panel } from '../../ui/controls/Panel';
import { ProfileView } from '../profile/ProfileView';
import { LossByTimeFigure } from './LossByTimeFigure';
import { LossFigure } from './LossFigure';
import { ModelSize } from './ModelSize';
import { SamplesFigure } from './SamplesFigure';
import { TrainActions } from './TrainActions';
import { TrainEquation } from './TrainEquation';
import { TrainNotices } from './TrainNotices';
import { TrainProgress } from './TrainProgress';
import { TrainSettings } from './TrainSettings';
import './TrainPanel.css';

/** The UNet learns to tell the noise in a picture: run it, watch its loss and its samples, choose what it is made of. */
export function TrainPanel() {
  const status = useStore((state) => state.training.status);
  return (
    <Panel
      id="train"
      title="Train"
      lead="A UNet learns to tell the noise in noisy pictures, here and now, on your machine."
      actions={<a href="#/models">Save or open a model</a>}
    >
      <div className="train" data-status={status}>
        <TrainActions />
        <TrainProgress />
        <TrainNotices />
        <TrainEquation />
        <div className="train__live">
          <div className="train__losses">
            <LossFigure />
            <LossByTimeFigure />
          </div>
          <SamplesFigure />
        </div>
        <ModelSize />
        <TrainSettings />
        <ProfileView />
      </div>
    </Panel>
  );
}
