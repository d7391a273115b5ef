import { useShallow } from 'zustand/react/shallow';
import { chooseOrigin } from '../../../panels/model/ModelOriginChoice';
import { sampledModel } from '../../../store/sampledModel';
import { useStore } from '../../../store/store';
import { type SwitchOffer, switchOffer, tolerance } from '../../../store/switchOffer';
import { Button } from '../../../ui/controls/Button';
import { SamplesFigure } from '../train/SamplesFigure';

/** The samples of the visitor's model beside those of the pretrained one, until it is good enough to take its place. */
export function OwnBeside() {
  const offer = useStore(useShallow(switchOffer));
  if (!offer) return null;
  const take = () => {
    chooseOrigin('own');
    const { startSampling } = useStore.getState();
    void startSampling(sampledModel(useStore.getState()));
  };
  return (
    <section className="card own-beside" aria-label="Your model beside the pretrained one">
      <SamplesFigure />
      <div className="stack gap-2">
        <h3 className="title">Your model</h3>
        <p className="note" aria-live="polite">
          {wordsOf(offer)}
        </p>
        {offer.deserved && (
          <Button variant="primary" onClick={take}>
            Switch to yours
          </Button>
        )}
      </div>
    </section>
  );
}

function wordsOf({ own, pretrained, comparable, deserved }: SwitchOffer): string {
  if (!comparable)
    return deserved
      ? 'All training steps are taken. Its loss cannot be compared with that of the pretrained model, because the two predict other quantities or meet other amounts of noise.'
      : 'It predicts another quantity than the pretrained model or meets other amounts of noise, so their losses cannot be compared. You can switch when all training steps are taken.';
  if (own === null) return 'Its loss on held-out images has not been measured yet.';
  const losses = `Its loss on held-out images is ${own.toFixed(4)}, that of the pretrained model ${pretrained.toFixed(4)}.`;
  return deserved
    ? `${losses} That is close enough to switch.`
    : `${losses} Below ${(tolerance * pretrained).toFixed(4)} you can switch to yours; until then both are shown.`;
}
