import { shownGroup } from '../../settings/groups/page';
import { fieldsOf } from '../settings/fieldsOf';

const Field = fieldsOf(shownGroup, {
  classFilter: null,
  samplingShare: (
    <>
      <p>
        Training and sampling take turns on one engine. While a model trains, sampling gets at most this part
        of the time: the samples beside the loss, the images of the sample panel, and every other question to
        a model. At 0 % all of these wait until training pauses.
      </p>
      <p>When nothing trains, sampling has all of the time.</p>
    </>
  ),
});

/** How the engine's time is shared while a model trains; also then. */
export function SamplingShare() {
  return <Field of="samplingShare" as="slider" />;
}

/** In percent. */
export function shareText(share: number): string {
  return `${Math.round(share * 100)} %`;
}
