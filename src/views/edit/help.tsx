import { fieldsOf } from '../../panels/settings/fieldsOf';
import { imageToImageGroup, inpaintingGroup, interpolationGroup } from './settings';

const help = {
  t: (
    <>
      <p>How many steps of noise are added before the image is denoised.</p>
      <p>Few steps keep most of the image; many keep little of it, and the model draws the rest.</p>
    </>
  ),
  sampler: (
    <p>
      How a step goes from more noise to less. <b>DDPM</b> over all steps is that of the reference; DDIM needs
      few steps, so it follows a slider at once.
    </p>
  ),
  steps: (
    <p>
      The largest number of reverse steps taken from t. Where steps are skipped, DDPM uses σ² = β̃ instead of
      β.
    </p>
  ),
  count: <p>How many images are drawn at once, each with noise of its own. The time grows with them.</p>,
  seed: <p>Determines all noise: the noise added to the image and that of the reverse process.</p>,
};

/** What the mixture λ is. */
export const lambdaHelp = (
  <p>
    The share of the second image in the mixture: 0 is the first image, 1 the second. Every λ is denoised with
    the same fresh noise, so neighbours differ only by λ.
  </p>
);

export const InterpolationField = fieldsOf(interpolationGroup, {
  ...help,
  from: null,
  to: null,
  place: lambdaHelp,
  blend: (
    <>
      <p>
        <b>Line</b> is a weighted mean, as in the reference. Where each image has its own noise, the mean of
        the noise is weaker than the model expects at t, and the images look flat.
      </p>
      <p>
        <b>Arc</b> (slerp) follows the arc between both: the weights depend on the angle Ω between them, and
        the strength of the noise is kept.
      </p>
    </>
  ),
  noise: (
    <>
      <p>
        <b>Shared</b>: both images have the same noise, which keeps its strength in any mixture.
      </p>
      <p>
        <b>Own</b>, as in the reference: each image has its own noise, and the noise changes with λ too.
      </p>
    </>
  ),
});

export const ImageToImageField = fieldsOf(imageToImageGroup, help);

export const InpaintingField = fieldsOf(inpaintingGroup, {
  count: help.count,
  seed: help.seed,
  steps: <p>Steps from noise to image, without the jumps back. The RePaint paper takes all T.</p>,
  resamplings: (
    <>
      <p>
        How often each group of j steps is repeated: after j reverse steps, noise is added again and they are
        repeated.
      </p>
      <p>
        At U = 1 the kept part is replaced at each step whatever was drawn beside it, so the two may not fit.
        Repeating the steps lets the model match them. The time grows with U.
      </p>
    </>
  ),
  jumpLength: (
    <p>
      How many steps each jump goes back towards noise. Longer jumps let the model change more of what it has
      drawn.
    </p>
  ),
});
