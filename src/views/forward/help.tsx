import { fieldsOf } from '../../panels/settings/fieldsOf';
import { forwardLabGroup } from './settings';

/** What stands behind the question marks of the settings. */
const help = {
  t: <p>How many steps of noise were taken. At 0 it is the image, at T almost pure noise.</p>,
  seed: <p>Determines all noise of this view, of the single steps and of the jump.</p>,
  first: (
    <p>
      How much noise each of the T steps adds. This choice is for this view; the schedule of the model is set
      in the playground.
    </p>
  ),
  second: <p>The schedule to compare with, at the same t and with the same noise.</p>,
  drawn: (
    <p>
      Each point is the share of the image’s variance that is left at this step. It can only fall, so a point
      stays between its neighbours.
    </p>
  ),
};

export const ForwardLabField = fieldsOf(forwardLabGroup, help);

/** The same of the figures. */
export const explanations = {
  histogram: (
    <>
      <p>How often each value occurs among all pixels of the images shown.</p>
      <p>
        At T both curves match N(0, 1), whatever the images were. That is why the reverse process can start
        from pure noise.
      </p>
    </>
  ),
  drawing: help.drawn,
};
