import { useStore } from '../../store/store';
import { SliderField } from '../../ui/controls/SliderField';
import { samplingShares } from '../../worker/samplingShare';

/** How the engine's time is shared while a model trains; also then. */
export function SamplingShare() {
  const share = useStore((state) => state.samplingShare);
  return (
    <SliderField
      label="Sampling’s share of the time"
      explanation={
        <>
          <p>
            Training and sampling take turns on one engine. Of its time, sampling gets at most this much while
            a model trains: the samples beside the loss, the pictures of the sample panel, and whatever else
            asks a model. At 0 % all of these wait until training pauses.
          </p>
          <p>When nothing trains, sampling has all of the time.</p>
        </>
      }
      value={share}
      min={0}
      max={samplingShares.most}
      step={0.05}
      format={shareText}
      onChange={useStore.getState().setSamplingShare}
    />
  );
}

/** In percent. */
export function shareText(share: number): string {
  return `${Math.round(share * 100)} %`;
}
