/** What stands behind the question marks of the edit view. */
export const explanations = {
  time: (
    <>
      <p>How many steps of noise are put on before they are taken off again.</p>
      <p>
        Few leave the picture nearly as it is; many leave little of it, and the model draws what it likes.
      </p>
    </>
  ),
  lambda: (
    <p>
      The share of the second picture in the mixture: 0 is the first alone, 1 the second. Every λ is denoised
      with the same fresh noise, so that neighbours differ by λ alone.
    </p>
  ),
  blend: (
    <>
      <p>
        <b>Line</b> is the reference’s: a weighted mean. Where both have noise of their own, the mean of the
        noise is weaker than the model expects at t, and the pictures come out flat.
      </p>
      <p>
        <b>Arc</b> (slerp) goes around instead of through: the weights follow the angle Ω between both, and
        the strength of the noise stays.
      </p>
    </>
  ),
  pairNoise: (
    <>
      <p>
        <b>Shared</b>: the same noise on both pictures, which keeps its strength in any mixture.
      </p>
      <p>
        <b>Own</b>, as in the reference: each has noise of its own, and the noise too turns from the one into
        the other.
      </p>
    </>
  ),
  sampler: (
    <p>
      How a step goes from more noise to less. <b>DDPM</b> over all steps is the reference’s; DDIM needs few
      and follows a slider at once.
    </p>
  ),
  steps: (
    <p>
      How many of the t steps back are taken at most. With steps left out, DDPM takes σ² = β̃ instead of β.
    </p>
  ),
  count: <p>How many pictures are drawn at once, each with noise of its own. The time grows with them.</p>,
  resamplings: (
    <>
      <p>
        How often each stretch is walked: after j steps down, noise is put on again and they are walked anew.
      </p>
      <p>
        At U = 1 the kept part is put back at each step without regard for what was drawn beside it, and both
        may not fit. Walking again lets the model bring them together. The time grows with U.
      </p>
    </>
  ),
  jumpLength: (
    <p>How many steps back up each jump goes. Longer jumps let the model change more of what it has drawn.</p>
  ),
};
