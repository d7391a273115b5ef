/** What stands behind the question marks of the samplers view. */
export const explanations = {
  seed: (
    <>
      <p>
        Decides the noise{' '}
        <i className="math">
          x<sub>T</sub>
        </i>
        , the same for both sides.
      </p>
      <p>Where a sampler adds fresh noise on the way, that comes from the same seed on both sides too.</p>
    </>
  ),
  shown: (
    <p>
      The pictures on their way, or what the model takes the finished picture for at that step. A good guess
      comes long before the noise is gone.
    </p>
  ),
  part: (
    <p>
      Moves both sides back and forth: each shows its last step within this part of its own steps. Samplers
      spread their steps in different ways, so t may differ at the same part.
    </p>
  ),
  difference: (
    <>
      <p>
        A − B of the finished pictures: grey is no difference, light is where A is lighter. Below each, the
        root of the mean of its squares; values of a picture span from −1 to 1.
      </p>
      <p>Samplers without fresh noise end close to each other; with it, each draws pictures of its own.</p>
    </>
  ),
  reference: (
    <>
      <p>Whose pictures over all T steps count as the end of the curve.</p>
      <p>
        DDIM is of first order, so even over all T steps it is a little off: a better sampler can come no
        closer to it than that, and its curve lies flat there. Heun over all steps is closer, and costs twice
        as many calls.
      </p>
    </>
  ),
  spacing: (
    <p>
      Which of the T steps are taken. What suits a sampler: even in t for DDIM, even in log SNR for those of
      second order.
    </p>
  ),
};
