import { samplerHelp, samplingHelp } from '../../panels/sampling/help';
import { fieldsOf } from '../../panels/settings/fieldsOf';
import { MathSymbol } from '../../ui/WithSubscripts';
import { samplersGroup } from './settings';

const of = <Prefix extends 'a' | 'b'>(prefix: Prefix) =>
  Object.fromEntries(
    Object.entries(samplerHelp).map(([name, text]) => [`${prefix}.${name}`, text]),
  ) as Record<`${Prefix}.${keyof typeof samplerHelp}`, (typeof samplerHelp)[keyof typeof samplerHelp]>;

/** What stands behind the question marks of the settings. */
const help = {
  ...of('a'),
  ...of('b'),
  count: samplingHelp.count,
  seed: (
    <>
      <p>
        Decides the noise <MathSymbol text="x_T" />, the same for both sides.
      </p>
      <p>Fresh noise that a sampler adds comes from the same seed on both sides too.</p>
    </>
  ),
  clipX0: samplingHelp.clipX0,
  reference: (
    <>
      <p>The sampler whose images over all T steps count as the end of the curve.</p>
      <p>
        DDIM is of first order, so even over all T steps it has a small error. A better sampler cannot come
        closer to it than that, so its curve becomes flat there. Heun over all steps is more exact, and costs
        twice as many network evaluations.
      </p>
    </>
  ),
  spacing: (
    <p>
      Which of the T steps are taken. DDIM works best with even steps in t, samplers of second order with even
      steps in log SNR.
    </p>
  ),
  samples: (
    <p>
      Images behind each distance. Fewer are quicker; the distance of few images is larger, so compare only
      distances of the same number.
    </p>
  ),
  seeds: (
    <p>
      Each seed draws images of its own from noise of its own. With several, the table says how far the
      distances lie apart (±, a standard deviation): smaller differences between samplers are chance.
    </p>
  ),
};

export const SamplersField = fieldsOf(samplersGroup, help);

/** The same of the figures. */
export const explanations = {
  shown: (
    <p>
      The images x<sub>t</sub> of this step, or the finished image as the model predicts it at this step. The
      prediction is good long before the noise is gone.
    </p>
  ),
  part: (
    <p>
      Moves through the steps of both sides: each shows its last step within this fraction of its steps.
      Samplers space their steps differently, so t may differ.
    </p>
  ),
  difference: (
    <>
      <p>
        A − B of the finished images: grey is no difference, light is where A is lighter. The number below is
        the root mean square; the values of an image are −1 to 1.
      </p>
      <p>
        Samplers without fresh noise end close to each other. With fresh noise each draws different images.
      </p>
    </>
  ),
};

export const spacingHelp = help.spacing;
