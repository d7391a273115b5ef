import { useStore } from '../../store/store';
import { isTraining } from '../../store/trainingState';
import { SamplingShare, shareText } from './SamplingShare';

/** Why images and numbers come slowly while a model trains, and how to make them come faster. */
export function SharedEngineNote() {
  const training = useStore((state) => isTraining(state.training));
  const share = useStore((state) => state.values.shown.samplingShare);
  if (!training) return null;
  return (
    <div className="stack gap-2 wide">
      <p className="note">
        {share === 0
          ? 'The model trains with all of the time, so this waits until training pauses. Give it a share, or pause the training.'
          : `While the model trains, this has ${shareText(share)} of the time. Give it more, or pause the training and it gets all.`}
      </p>
      <SamplingShare />
    </div>
  );
}
