import { DiffusionSettings } from './DiffusionSettings';
import { MoreSettings } from './MoreSettings';
import { NetworkSettings } from './NetworkSettings';
import { RunSettings } from './RunSettings';
import './TrainSettings.css';

/** All that a model and its training are made of. */
export function TrainSettings() {
  return (
    <div className="train-settings">
      <RunSettings />
      <DiffusionSettings />
      <NetworkSettings />
      <MoreSettings />
    </div>
  );
}
