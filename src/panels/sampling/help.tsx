import { type SamplerId, samplers } from '../../engine/diffusion/samplers/samplers';
import { MathSymbol } from '../../ui/WithSubscripts';
import { samplerHelp as samplerTexts } from './samplerHelp';

/** What stands behind the question marks of the sampling settings. */
export const samplingHelp = {
  sampler: (
    <>
      <p>How a step goes from more noise to less.</p>
      {Object.entries(samplers).map(([id, { title }]) => (
        <p key={id}>
          <b>{title}</b> {samplerTexts[id as SamplerId]}
        </p>
      ))}
    </>
  ),
  steps: (
    <>
      <p>
        How many of the T steps are taken; Spacing decides which. All of them is the reverse process of the
        paper.
      </p>
      <p>With fewer, each step jumps further: quicker, and with DDPM soon rougher.</p>
    </>
  ),
  spacing: (
    <p>
      Which of the T steps are taken. It matters where there are few: solvers of second order like even steps
      in log SNR.
    </p>
  ),
  variance: (
    <>
      <p>The variance of the noise that a reverse step adds.</p>
      <p>
        <MathSymbol text="β_t" /> is right for data that is noise itself, <MathSymbol text="β̃_t" /> = β
        <sub>t</sub> (1 − ᾱ<sub>t−1</sub>) / (1 − ᾱ<sub>t</sub>) for data that is a single image. Over many
        steps they give much the same.
      </p>
    </>
  ),
  eta: (
    <p>
      How much fresh noise a DDIM step adds: 0 adds none, so that <MathSymbol text="x_T" /> alone decides the
      image; 1 adds as much as DDPM with β̃.
    </p>
  ),
  noiseAtEnd: (
    <p>
      Adds σ<i className="math">z</i> in the last step as well. The paper leaves it out, and so the image is
      the mean itself; some implementations add it.
    </p>
  ),
  count: <p>How many images are drawn at once, each from noise of its own. The time grows with them.</p>,
  seed: (
    <>
      <p>
        Decides the noise <MathSymbol text="x_T" /> that the run starts from, and every{' '}
        <i className="math">z</i> that is added on the way.
      </p>
      <p>The same seed with the same weights gives the same images.</p>
    </>
  ),
  clipX0: (
    <>
      <p>
        Clips the guess <MathSymbol text="x̂_0" /> to the range of an image, −1 to 1, at each step.
      </p>
      <p>It keeps an error of the model from growing on the way; the authors of the paper do it too.</p>
    </>
  ),
  weights: (
    <>
      <p>
        <b>EMA</b> are the weights averaged over the last training steps: calmer, and nearly always better.{' '}
        <b>Raw</b> are those of the last step.
      </p>
    </>
  ),
  classes: (
    <p>
      What the model is told that each image shall be: the classes one after the other, one for all of them,
      or none.
    </p>
  ),
  guidance: (
    <>
      <p>
        How far the model is pushed from what fits any class towards what fits this one:{' '}
        <MathSymbol text="ε̂ = (1 + w) ε_θ(x_t, c) − w ε_θ(x_t, ∅)" />.
      </p>
      <p>
        0 is the plain conditional model; around 2, classes are clearer and more alike; far more makes them
        harsh. Every step asks the network twice as much. Where a program has s = 1 for no guidance, s = 1 +
        w.
      </p>
    </>
  ),
};

const { sampler, steps, spacing, variance, eta, noiseAtEnd } = samplingHelp;

/** Of a sampler and its options alone. */
export const samplerHelp = { sampler, steps, spacing, variance, eta, noiseAtEnd };
