/** What stands behind the question marks of the forward lab. */
export const explanations = {
  schedule: (
    <p>
      How fast noise replaces the picture: how much of it each of the T steps adds. The lab’s own choice; the
      model’s is set in the playground.
    </p>
  ),
  other: <p>The schedule to hold it against, at the same t and with the same noise.</p>,
  time: <p>How many steps of noise were taken. At 0 there is the picture, at T nearly nothing of it.</p>,
  seed: <p>Decides all noise of the lab, of the single steps and of the jump.</p>,
  histogram: (
    <>
      <p>How often each value occurs among all pixels of the pictures shown.</p>
      <p>
        At the end both curves lie on the bell of N(0, 1), whatever the pictures were: this is where the
        reverse process can begin with noise alone.
      </p>
    </>
  ),
  drawing: (
    <p>
      Each point is the share of the picture’s variance that is left there. It can only fall, so a point stays
      between its neighbours.
    </p>
  ),
};
