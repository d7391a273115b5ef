import { useStore } from '../../store/store';
import { isTraining } from '../../store/trainingState';
import { SamplingShare, shareText } from './SamplingShare';
import './SharedEngineNote.css';

/** For whoever waits for pictures or numbers while a model trains: why they come slowly, and how to make them come faster. */
export function SharedEngineNote() {
  const training = useStore((state) => isTraining(state.training));
  const share = useStore((state) => state.samplingShare);
  if (!training) return null;
  return (
    <div className="shared-engine-note">
      <p className="field__note">
        {share === 0
          ? 'The model trains with all of the time, so this waits until training pauses. Give it a share, or pause the training.'
          : `While the model trains, this has ${shareText(share)} of the time. Give it more, or pause the training and it gets all.`}
      </p>
      <SamplingShare />
    </div>
  );
}
